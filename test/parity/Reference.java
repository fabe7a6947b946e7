import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.context.SimpleWorkerContext;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.model.Parameters;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidatorResourceFetcher;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.ValidatorUtils;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;

/**
 * HL7's validator as a filter: the folders of FHIR's core package and of one more package are its arguments; each line
 * of its input is {@code {"profile": …, "resource": …}}, each line of its output
 * {@code {"errors": [{"place", "text", "id"}], "remarks": […]}}.
 * It asks no terminology server and fetches nothing.
 */
public class Reference {
  private static final String FHIR_VERSION = "4.0.1";

  public static void main(String[] folders) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    // The validator writes its progress to the standard output.
    System.setOut(System.err);
    SimpleWorkerContext context = contextOf(folders);
    out.println("{\"ready\":true}");
    out.flush();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject asked = JsonParser.parseString(line).getAsJsonObject();
      JsonObject answer = new JsonObject();
      try {
        answer = answerOf(context, asked.get("profile").getAsString(), asked.get("resource").toString());
      } catch (Exception | StackOverflowError error) {
        answer.addProperty("failure", String.valueOf(error.getMessage()));
      }
      out.println(answer);
      out.flush();
    }
  }

  private static SimpleWorkerContext contextOf(String[] folders) throws Exception {
    SimpleWorkerContext context = new SimpleWorkerContext.SimpleWorkerContextBuilder()
        .withAllowLoadingDuplicates(true)
        .fromPackage(NpmPackage.fromFolder(folders[0], false), ValidatorUtils.loaderForVersion(FHIR_VERSION), false);
    context.setCanRunWithoutTerminology(true);
    context.setNoTerminologyServer(true);
    context.setCanNoTS(true);
    context.setLocale(Locale.ENGLISH);
    context.setExpansionParameters(new Parameters());
    for (int index = 1; index < folders.length; index++) {
      NpmPackage npm = NpmPackage.fromFolder(folders[index], false);
      context.loadFromPackage(npm, ValidatorUtils.loaderForVersion(FHIR_VERSION));
    }
    return context;
  }

  /** Errors, and remarks: of what it cannot decide it warns. */
  private static JsonObject answerOf(SimpleWorkerContext context, String profile, String resource) throws Exception {
    StructureDefinition definition = context.fetchResource(StructureDefinition.class, profile);
    if (definition == null) throw new IllegalArgumentException("not loaded: " + profile);
    InstanceValidator validator =
        new InstanceValidator(context, null, null, new ValidatorSession(), new ValidatorSettings());
    validator.setFetcher(new Nothing());
    validator.setPolicyAdvisor(new Inside());
    validator.setAnyExtensionsAllowed(true);
    validator.setAllowExamples(true);
    validator.setAssumeValidRestReferences(true);
    validator.setResourceIdRule(IdStatus.OPTIONAL);
    validator.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    List<ValidationMessage> messages = new ArrayList<>();
    InputStream stream = new ByteArrayInputStream(resource.getBytes(StandardCharsets.UTF_8));
    validator.validate(null, messages, stream, FhirFormat.JSON, new ArrayList<>(List.of(definition)));
    JsonArray errors = new JsonArray();
    JsonArray remarks = new JsonArray();
    for (ValidationMessage message : messages) {
      JsonObject one = new JsonObject();
      one.addProperty("place", message.getLocation());
      one.addProperty("text", message.getMessage());
      one.addProperty("id", message.getMessageId());
      (message.getLevel().isError() ? errors : remarks).add(one);
    }
    JsonObject answer = new JsonObject();
    answer.add("errors", errors);
    answer.add("remarks", remarks);
    return answer;
  }

  /** References are followed inside the resource that is validated, not out of it. */
  private static final class Inside extends BasePolicyAdvisorForFullValidation {
    Inside() {
      super(ReferenceValidationPolicy.CHECK_VALID, Set.of());
    }

    @Override
    public ReferenceValidationPolicy policyForReference(IResourceValidator validator, Object appContext, String path,
        String url, ReferenceDestinationType destination) {
      return destination == ReferenceDestinationType.EXTERNAL
          ? ReferenceValidationPolicy.IGNORE
          : ReferenceValidationPolicy.CHECK_VALID;
    }
  }

  /** No resource is fetched, and every address counts as one that resolves. */
  private static final class Nothing implements IValidatorResourceFetcher {
    @Override
    public Element fetch(IResourceValidator validator, Object appContext, String url) {
      return null;
    }

    @Override
    public boolean resolveURL(IResourceValidator validator, Object appContext, String path, String url,
        IWorkerContext.VersionResolutionRules rules, String type, boolean canonical, List<CanonicalType> targets) {
      return true;
    }

    @Override
    public byte[] fetchRaw(IResourceValidator validator, String url) {
      return null;
    }

    @Override
    public IValidatorResourceFetcher setLocale(Locale locale) {
      return this;
    }

    @Override
    public CanonicalResource fetchCanonicalResource(IResourceValidator validator, Object appContext, String url) {
      return null;
    }

    @Override
    public boolean fetchesCanonicalResource(IResourceValidator validator, String url) {
      return false;
    }

    @Override
    public Set<ResourceVersionInformation> fetchCanonicalResourceVersions(IResourceValidator validator,
        Object appContext, String url) {
      return new HashSet<>();
    }
  }
}
