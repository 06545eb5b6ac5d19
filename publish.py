"""The press, from a checkout: `python publish.py` builds every leaflet; `python publish.py --help` tells the rest."""

from leafletpress.cli import main

if __name__ == "__main__":
    main()
