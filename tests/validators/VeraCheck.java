// Holds PDF files against PDF/UA-1 and PDF/A-3a with the veraPDF engine.
//
//     java -cp ENGINE.jar:CLASSES VeraCheck FILE...
//
// Prints one line per file and flavour, fields divided by tabs:
//
//     verdict  FILE  FLAVOUR  true|false  NUMBER-OF-CHECKS
//     finding  FILE  FLAVOUR  CLAUSE-TEST  TIMES  MESSAGE  PLACE
//
// The engine's own reader of validation profiles needs JAXB, which the JDK no longer has; the profiles are plain XML,
// so they are read here.

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
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
import org.w3c.dom.Node;

public final class VeraCheck {
    /** Flavour of veraPDF, and the name of its profile inside the engine. */
    private static final Map<String, String> PROFILES = Map.of("ua1", "PDFUA-1", "3a", "PDFA-3A");

    private static final Comparator<Rule> BY_CLAUSE = Comparator
        .comparing((Rule rule) -> rule.getRuleId().getSpecification().getId())
        .thenComparing(rule -> rule.getRuleId().getClause())
        .thenComparing(rule -> rule.getRuleId().getTestNumber());

    private static PrintStream out;

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, "UTF-8");
        VeraGreenfieldFoundryProvider.initialise();
        for (String flavour : new TreeSet<>(PROFILES.keySet())) {
            ValidationProfile profile = profile(flavour);
            for (String file : files) {
                check(file, flavour, profile);
            }
        }
    }

    private static void check(String file, String flavour, ValidationProfile profile) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), PDFAFlavour.byFlavourId(flavour))) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 10, false, true, false);
            ValidationResult result = validator.validate(parser);
            for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
                RuleId id = failed.getKey();
                String message = profile.getRuleByRuleId(id).getDescription();
                String place = "";
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getRuleId().equals(id)) {
                        message = assertion.getErrorMessage() == null ? message : assertion.getErrorMessage();
                        place = assertion.getLocation().getContext();
                        break;
                    }
                }
                line("finding", file, flavour, id.getClause() + "-" + id.getTestNumber(), failed.getValue(), message, place);
            }
            line("verdict", file, flavour, result.isCompliant(), result.getTotalAssertions());
        } catch (Exception error) {
            line("finding", file, flavour, "unreadable", 1, error, "");
            line("verdict", file, flavour, false, 0);
        }
    }

    private static void line(Object... fields) {
        List<String> texts = new ArrayList<>();
        for (Object field : fields) {
            texts.add(String.valueOf(field).replaceAll("[\\t\\r\\n]+", " "));
        }
        out.println(String.join("\t", texts));
    }

    private static ValidationProfile profile(String flavour) throws Exception {
        String name = PROFILES.get(flavour);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (InputStream xml = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
        }
        SortedSet<Rule> rules = new TreeSet<>(BY_CLAUSE);
        List<Element> ruleElements = children(child(root, "rules"), "rule");
        for (Element rule : ruleElements) {
            rules.add(rule(rule));
        }
        if (rules.size() != ruleElements.size()) {
            throw new IllegalStateException(name + ": two rules have the same name");
        }
        SortedSet<Variable> variables = new TreeSet<>(Comparator.comparing(Variable::getObject).thenComparing(Variable::getName));
        for (Element variable : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                text(variable, "defaultValue"), text(variable, "value")));
        }
        return Profiles.profileFromSortedValues(PDFAFlavour.byFlavourId(flavour),
            Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"), "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        PDFAFlavour.Specification specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        int test = Integer.parseInt(id.getAttribute("testNumber"));
        return Profiles.ruleFromValues(
            Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), test),
            rule.getAttribute("object"),
            rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
            rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
            text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(error, "message"), arguments), new ArrayList<>());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && name.equals(node.getLocalName())) {
                found.add((Element) node);
            }
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent();
    }
}
