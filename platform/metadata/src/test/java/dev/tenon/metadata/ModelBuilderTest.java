package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static dev.tenon.metadata.Fixtures.files;
import static dev.tenon.metadata.Fixtures.model;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.ObjectPermission;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.metadata.model.Trigger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelBuilderTest {

    private static final Model MODEL = model(PRODUCT);

    @Test
    void everyObjectHasThePlatformsFieldsWithLabelsInBothLanguages() {
        ObjectType offer = MODEL.requireObject("recruiting__Offer");

        assertThat(offer.fields())
                .containsKeys(
                        SystemField.ID,
                        SystemField.VERSION,
                        SystemField.OWNER,
                        SystemField.CREATED_AT,
                        SystemField.CREATED_BY,
                        SystemField.UPDATED_AT,
                        SystemField.UPDATED_BY);
        Field owner = offer.requireField(SystemField.OWNER);
        assertThat(owner.system()).isTrue();
        assertThat(owner.readOnly()).isFalse();
        assertThat(owner.type()).isEqualTo(new FieldType.Lookup("sys__User"));
        assertThat(owner.label().in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("负责人");
    }

    @Test
    void fieldsHaveTheirTypesAndDefaults() {
        ObjectType offer = MODEL.requireObject("recruiting__Offer");

        assertThat(offer.requireField("salary").type()).isEqualTo(new FieldType.DecimalNumber(12, 2, false));
        assertThat(offer.requireField("number").readOnly()).isTrue();
        assertThat(offer.requireField("annual").type()).isInstanceOfSatisfying(FieldType.Formula.class, formula -> {
            assertThat(formula.result()).isEqualTo(new FieldType.DecimalNumber(14, 2, false));
            assertThat(formula.expression().text()).isEqualTo("salary * 12");
            assertThat(formula.expression().source().line()).isEqualTo(9);
        });
        assertThat(MODEL.requireObject("recruiting__Application")
                        .requireField("candidate")
                        .required())
                .isTrue();
        assertThat(MODEL.requireObject("recruiting__Candidate")
                        .requireField("name")
                        .type())
                .isEqualTo(new FieldType.Text(255, false, FieldType.Text.Format.PLAIN));
    }

    @Test
    void anObjectThatDeclaresNeitherGetsAViewAndALayoutOfItsFields() {
        ObjectType candidate = MODEL.requireObject("recruiting__Candidate");

        assertThat(candidate.titleField()).isEqualTo("name");
        assertThat(candidate.views()).hasSize(1);
        assertThat(candidate.views().getFirst().columns()).containsExactly("name", "city", "level", "recordType");
        assertThat(candidate.layout().sections())
                .extracting(Layout.Section::fields)
                .containsExactly(List.of(
                        "name",
                        "city",
                        "level",
                        "recordType",
                        "owner",
                        "createdAt",
                        "createdBy",
                        "updatedAt",
                        "updatedBy"));
    }

    @Test
    void permissionsAreTyped() {
        ObjectPermission offer = MODEL.permissionSets()
                .get("recruiting__recruiter")
                .forObject("recruiting__Offer")
                .orElseThrow();

        assertThat(offer.create()).isTrue();
        assertThat(offer.canDelete()).isFalse();
        assertThat(offer.read()).isEqualTo(new RowScope.All());
        assertThat(offer.edit()).isEqualTo(new RowScope.All());
        assertThat(offer.fieldDefault()).isEqualTo(FieldAccess.EDIT);
        assertThat(offer.fields()).containsEntry("salary", FieldAccess.READ);
        assertThat(offer.actions()).containsExactly("renderLetter");
    }

    @Test
    void approvalsAreTypedWithTheirDefaults() {
        ApprovalProcess process = MODEL.approvals().get("recruiting__offer_approval");

        assertThat(process.submitters()).containsExactly("recruiting__recruiter");
        assertThat(process.lock()).isEqualTo(ApprovalProcess.Lock.FULL);
        assertThat(process.steps())
                .extracting(ApprovalProcess.ApprovalStep::approvers)
                .containsExactly(
                        List.of(new Approvers.RecordField("manager")),
                        List.of(new Approvers.HoldersOf("recruiting__recruiter")));
        assertThat(process.steps().getFirst().mode()).isEqualTo(ApprovalProcess.Mode.ALL);
        assertThat(process.steps().getFirst().commentRequired())
                .isEqualTo(Set.of(ApprovalProcess.Decision.REJECT, ApprovalProcess.Decision.RETURN));
        assertThat(process.onOutcome().get(ApprovalProcess.Outcome.APPROVED).get("status"))
                .extracting(ExpressionText::text)
                .isEqualTo("'approved'");
    }

    @Test
    void aProcessThatIsSwitchedOffAcceptsNothingNew() {
        Model model = model(PRODUCT, custom("extends/approvals/recruiting__offer_approval.yaml", "active: false\n"));

        assertThat(model.approvals().get("recruiting__offer_approval").entry())
                .get()
                .extracting(ExpressionText::text)
                .isEqualTo("false");
    }

    @Test
    void settingsHaveTheJavaTypeOfTheirFields() {
        assertThat(MODEL.settings().get("recruiting__limit").value()).isEqualTo(new BigDecimal("30000"));
        assertThat(model(PRODUCT, custom("extends/settings.yaml", "recruiting__limit: {value: 25000.50}\n"))
                        .settings()
                        .get("recruiting__limit")
                        .value())
                .isEqualTo(new BigDecimal("25000.50"));
    }

    @Test
    void aScriptBelongsToTheLayerThatNamesIt() {
        Model model = model(
                PRODUCT,
                custom(
                        "scripts/a.js", "export function f() {}\n",
                        "scripts/v.js", "export function visibility() {}\n",
                        "policies/p.yaml", "{process: recruiting__offer_approval, script: scripts/v.js}\n",
                        "extends/recruiting/Offer.yaml",
                                "triggers: {c__t: {on: [beforeCreate], script: scripts/a.js, function: f}}\n",
                        "extends/approvals/recruiting__offer_approval.yaml",
                                "steps: {c__s: {label: S, approvers: [{script: scripts/a.js, function: f, parameters: {x: 1}}]}}\n"));

        Trigger trigger = model.requireObject("recruiting__Offer").triggers().getFirst();
        assertThat(trigger.handler()).isEqualTo(new Handler.Script("custom", "scripts/a.js", "f"));
        assertThat(trigger.on()).containsExactly(Trigger.Moment.BEFORE_CREATE);
        assertThat(model.policies().get("c__p").handler())
                .isEqualTo(new Handler.Script("custom", "scripts/v.js", "visibility"));
        assertThat(model.approvals()
                        .get("recruiting__offer_approval")
                        .steps()
                        .getLast()
                        .approvers()
                        .getFirst())
                .isInstanceOfSatisfying(
                        Approvers.Code.class,
                        code -> assertThat(code.parameters()).containsEntry("x", 1L));
        assertThat(model.scripts()).containsKey("custom/scripts/a.js");
    }

    @Test
    void equalContentHasAnEqualFingerprintAndAnyChangeAnother() {
        Layer moved = PackageReader.readFiles(PackageWriter.files(PRODUCT)).orThrow();
        Model changed = model(PRODUCT, custom("extends/recruiting/Offer.yaml", "fields: {salary: {help: H}}\n"));

        assertThat(model(moved).fingerprint()).isEqualTo(MODEL.fingerprint()).hasSize(64);
        assertThat(changed.fingerprint()).isNotEqualTo(MODEL.fingerprint());
    }

    @Test
    void aPackageOfTheLeastSizeMakesAModel() {
        Model model = model(
                PackageReader.read(files("package.yaml", Fixtures.RECRUITING, "objects/Thing.yaml", "label: Thing\n"))
                        .orThrow());

        assertThat(model.requireObject("recruiting__Thing").titleField()).isEqualTo(SystemField.ID);
    }
}
