import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Judges EPUB files with EPUBCheck: EpubJudge a.epub b.epub …
 *
 * Prints one line "FINDING …" for each error and warning and one line "JUDGED …" for each file.
 */
public final class EpubJudge {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) {
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // EPUBCheck chats
        Locale.setDefault(Locale.ENGLISH);
        for (String argument : arguments) {
            File file = new File(argument);
            Findings findings = new Findings(file.getName());
            new EpubCheck(file, findings).doValidate();
            if (findings.format) {
                OUT.println("JUDGED " + file.getName() + " with EPUBCheck " + EpubCheck.version());
            } else if (findings.count > 0) {
                OUT.println("JUDGED " + file.getName() + " as no EPUB");
            }
        }
    }

    private static final class Findings extends MasterReport {
        private final String name;
        private boolean format;
        private int count;

        Findings(String name) {
            this.name = name;
            setEpubFileName(name);
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... arguments) {
            Severity severity = message.getSeverity();
            if (severity == Severity.FATAL || severity == Severity.ERROR || severity == Severity.WARNING) {
                count++;
                String line = place.getLine() > 0 ? ":" + place.getLine() : "";
                OUT.println("FINDING " + name + ": " + severity + " " + message.getID() + " " + place.getPath() + line
                        + " " + message.getMessage(arguments).replaceAll("\\s+", " "));
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {
            format |= feature == FeatureEnum.FORMAT_VERSION && value != null;
        }

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {
            // nothing to prepare
        }
    }
}
