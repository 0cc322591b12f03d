package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static dev.tenon.metadata.Fixtures.files;
import static dev.tenon.metadata.Fixtures.key;
import static dev.tenon.metadata.Fixtures.model;
import static dev.tenon.metadata.Fixtures.onlyProblem;
import static dev.tenon.metadata.Fixtures.other;
import static dev.tenon.metadata.Fixtures.productWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.internal.LayerOrder;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.Provenance.Contribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayerMergeTest {

    @Test
    void aHigherLayersPropertyIsInForceAndTheLowerOnesAreStillKnown() {
        Model model = model(PRODUCT, custom("extends/recruiting/Offer.yaml", "fields: {salary: {help: Per month}}\n"));

        assertThat(model.requireObject("recruiting__Offer")
                        .requireField("salary")
                        .help()
                        .orElseThrow()
                        .in(Locale.ENGLISH))
                .isEqualTo("Per month");
        List<Contribution> chain = model.provenance().of(key("field:recruiting__Offer/salary"), "help");
        assertThat(chain).extracting(Contribution::layer).containsExactly("recruiting", "custom");
        assertThat(chain.getLast().source()).hasToString("custom:extends/recruiting/Offer.yaml:1:25");
    }

    @Test
    void conditionsOfAFieldMergeOneByOneWithTheirSources() {
        Layer product = productWith("1.1.0", "objects/Candidate.yaml", """
                label: Candidate
                fields:
                  name: {type: text, label: Name, required: true}
                  city: {type: text, label: City, visibleWhen: name != null, requiredWhen: name != null, readOnlyWhen: owner == me}
                """);
        Layer own = custom("extends/recruiting/Candidate.yaml", """
                fields:
                  city: {visibleWhen: name == 'x', readOnlyWhen: null}
                """);

        Model model = model(product, own);

        Field city = model.requireObject("recruiting__Candidate").requireField("city");
        assertThat(city.when().visible().orElseThrow().text()).isEqualTo("name == 'x'");
        assertThat(city.when().visible().orElseThrow().source())
                .hasToString("custom:extends/recruiting/Candidate.yaml:2:23");
        assertThat(city.when().required().orElseThrow().text()).isEqualTo("name != null");
        assertThat(city.when().readOnly()).isEmpty();
        assertThat(model.provenance().of(key("field:recruiting__Candidate/city"), "visibleWhen"))
                .extracting(Contribution::layer)
                .containsExactly("recruiting", "custom");
    }

    @Test
    void transitionsMergeByTheValueTheyLeadFrom() {
        Layer product = productWith("1.1.0", "objects/Application.yaml", """
                label: Application
                baseline: controlledByParent
                fields:
                  candidate: {type: masterDetail, label: Candidate, target: Candidate}
                  stage:
                    type: picklist
                    label: Stage
                    values: {applied: {label: Applied}, interview: {label: Interview}, hired: {label: Hired}}
                    transitions: {applied: [interview, hired], interview: [hired]}
                    initial: [applied, interview]
                  score: {type: integer, label: Score}
                """);
        Layer own = custom("extends/recruiting/Application.yaml", """
                fields:
                  stage:
                    values: {c__trial: {label: Trial}}
                    transitions: {interview: {add: [{value: c__trial, first: true}]}, c__trial: [hired], applied: {remove: [hired]}}
                    initial: {remove: [interview]}
                """);

        Model model = model(product, own);

        FieldType.Picklist stage = (FieldType.Picklist) model.requireObject("recruiting__Application")
                .requireField("stage")
                .type();
        assertThat(stage.transitions())
                .containsEntry("applied", List.of("interview"))
                .containsEntry("interview", List.of("c__trial", "hired"))
                .containsEntry("c__trial", List.of("hired"))
                .hasSize(3);
        assertThat(stage.initial()).containsExactly("applied");
        assertThat(model.provenance().of(key("field:recruiting__Application/stage"), "transitions.interview"))
                .extracting(Contribution::layer)
                .containsExactly("recruiting", "custom");
        assertThat(PackageReader.readFiles(PackageWriter.files(own)).orThrow().sameContent(own))
                .isTrue();
    }

    @Test
    void whatAFileFieldTakesIsChangedPropertyByProperty() {
        Layer product = productWith("1.1.0", "objects/Paper.yaml", """
                label: Paper
                pluralLabel: Papers
                fields:
                  name: {type: text, label: Name}
                  scan: {type: file, label: Scan, accept: [application/pdf, image/*], maxSize: 1000}
                  photo: {type: image, label: Photo, maxWidth: 640}
                """);
        Layer own = custom("extends/recruiting/Paper.yaml", """
                fields:
                  scan: {accept: {add: [text/csv], remove: [application/pdf]}}
                  photo: {maxHeight: 480, maxSize: 500}
                """);

        var paper = model(product, own).requireObject("recruiting__Paper");

        assertThat(paper.requireField("scan").type())
                .isEqualTo(new FieldType.File(1000, List.of("image/*", "text/csv"), Optional.empty()));
        assertThat(paper.requireField("photo").type())
                .isEqualTo(new FieldType.File(500, List.of(), Optional.of(new FieldType.File.Picture(640, 480))));
        assertThat(PackageReader.readFiles(PackageWriter.files(own)).orThrow().sameContent(own))
                .isTrue();
    }

    @Test
    void whatAReferenceMayBeGivenIsChangedPropertyByProperty() {
        Layer product = productWith("1.1.0", "objects/Note.yaml", """
                label: Note
                pluralLabel: Notes
                fields:
                  text: {type: text, label: Text}
                  offer: {type: masterDetail, label: Offer, target: Offer, candidateFields: [salary, status], candidateFilter: "candidate.status == 'draft'"}
                """);
        Layer own = custom("extends/recruiting/Note.yaml", """
                fields:
                  offer: {candidateFields: {remove: [status]}, candidateFilter: candidate.salary > 0.0, reparent: refused}
                """);

        FieldType.MasterDetail offer = (FieldType.MasterDetail) model(product, own)
                .requireObject("recruiting__Note")
                .requireField("offer")
                .type();

        assertThat(offer.reparent()).isFalse();
        assertThat(offer.candidates().fields()).containsExactly("salary");
        assertThat(offer.candidates().filter().orElseThrow().text()).isEqualTo("candidate.salary > 0.0");
    }

    @Test
    void allowedValuesMergeByTheValueThatAllowsThem() {
        Layer product = productWith("1.1.0", "objects/Application.yaml", """
                label: Application
                baseline: controlledByParent
                fields:
                  candidate: {type: masterDetail, label: Candidate, target: Candidate}
                  stage: {type: picklist, label: Stage, values: {applied: {label: Applied}, hired: {label: Hired}}}
                  remote: {type: boolean, label: Remote}
                  steps:
                    type: multiPicklist
                    label: Steps
                    values: {call: {label: Call}, visit: {label: Visit}, contract: {label: Contract}}
                    dependsOn: stage
                    allowed: {applied: [call, visit], hired: [contract]}
                  score: {type: integer, label: Score}
                """);
        Layer own = custom("extends/recruiting/Application.yaml", """
                fields:
                  stage: {values: {c__trial: {label: Trial}}}
                  steps:
                    values: {c__test: {label: Test}}
                    allowed: {applied: {add: [{value: c__test, after: call}]}, c__trial: [visit], hired: null}
                  c__place:
                    type: picklist
                    label: Place
                    values: {home: {label: Home}, office: {label: Office}}
                    dependsOn: remote
                    allowed: {"true": [home], "false": [office]}
                """);

        Model model = model(product, own);

        var application = model.requireObject("recruiting__Application");
        FieldType.MultiPicklist steps =
                (FieldType.MultiPicklist) application.requireField("steps").type();
        assertThat(steps.dependence())
                .contains(new FieldType.Dependence(
                        "stage", Map.of("applied", List.of("call", "c__test", "visit"), "c__trial", List.of("visit"))));
        FieldType.Picklist place =
                (FieldType.Picklist) application.requireField("c__place").type();
        assertThat(place.dependence().orElseThrow().beside(true)).containsExactly("home");
        assertThat(place.dependence().orElseThrow().beside(null)).isEmpty();
        assertThat(model.provenance().of(key("field:recruiting__Application/steps"), "allowed.applied"))
                .extracting(Contribution::layer)
                .containsExactly("recruiting", "custom");
        assertThat(PackageReader.readFiles(PackageWriter.files(own)).orThrow().sameContent(own))
                .isTrue();
    }

    @Test
    void languagesOfALabelReplaceEachForItself() {
        Model model = model(
                PRODUCT,
                custom("i18n/zh-CN.yaml", "extends: {recruiting__Offer: {fields: {salary: {label: 基本工资}}}}\n"));

        assertThat(model.requireObject("recruiting__Offer")
                        .requireField("salary")
                        .label()
                        .texts())
                .containsEntry("en", "Salary")
                .containsEntry("zh-CN", "基本工资");
    }

    @Test
    void nullTakesALowerLayersValueBack() {
        Model model = model(
                PRODUCT,
                custom("extends/recruiting/Offer.yaml", "fields: {status: {default: null}, salary: {help: null}}\n"));

        ObjectType offer = model.requireObject("recruiting__Offer");
        assertThat(offer.requireField("status").defaultValue()).isEmpty();
        assertThat(offer.requireField("salary").help()).isEmpty();
    }

    @Test
    void addedElementsStandWhereTheySayAndElseAtTheEnd() {
        Model model = model(PRODUCT, custom("extends/recruiting/Application.yaml", """
                        fields:
                          stage: {values: {c__trial: {label: Trial, after: interview}, c__second: {label: Second, after: interview}, c__lead: {label: Lead, first: true}, c__late: {label: Late}}}
                        """));

        FieldType.Picklist stages = (FieldType.Picklist) model.requireObject("recruiting__Application")
                .requireField("stage")
                .type();
        assertThat(stages.values())
                .extracting(FieldType.Picklist.Value::key)
                .containsExactly("c__lead", "applied", "interview", "c__trial", "c__second", "hired", "c__late");
    }

    @Test
    void aListIsEditedOrReplaced() {
        Model edited = model(PRODUCT, custom("extends/recruiting/Offer.yaml", """
                        fields: {c__format: {type: text, label: Format}}
                        layout: {sections: {main: {fields: {add: [{field: c__format, after: candidate}, annual], remove: [status]}}}}
                        views: {all: {columns: [number]}}
                        """));

        ObjectType offer = edited.requireObject("recruiting__Offer");
        assertThat(offer.layout().sections())
                .extracting(Layout.Section::fields)
                .containsExactly(List.of("candidate", "c__format", "salary", "annual"));
        assertThat(offer.views().getFirst().columns()).containsExactly("number");
    }

    @Test
    void twoLayersMayEditTheSameListButNotReplaceTheSameProperty() {
        Layer a = other(
                "aaa",
                "extends/recruiting/Offer.yaml",
                "layout: {sections: {main: {fields: {add: [annual]}}}}\nfields: {salary: {help: A}}\n");
        Layer b = other(
                "bbb",
                "extends/recruiting/Offer.yaml",
                "layout: {sections: {main: {fields: {add: [manager]}}}}\nfields: {salary: {help: B}}\n");

        Problem problem = onlyProblem(PRODUCT, a, b);

        assertThat(problem.code()).isEqualTo(MetadataError.CHANGED_TWICE);
        assertThat(problem.args()).containsEntry("first", "aaa").containsEntry("second", "bbb");
        assertThat(problem.property()).contains("help");
    }

    @Test
    void theCustomersPermissionsForOwnAndOthersObjectsAddUp() {
        Model model = model(
                PRODUCT,
                custom(
                        "objects/Store.yaml", "label: Store\nfields: {name: {type: text, label: Name}}\n",
                        "extends/permissions/recruiting__recruiter.yaml", """
                                system: {add: [importData]}
                                objects:
                                  Store: {read: true}
                                  recruiting__Offer: {fields: {status: none, salary: null}, actions: {remove: [renderLetter]}}
                                """));

        var set = model.permissionSets().get("recruiting__recruiter");
        assertThat(set.system()).hasSize(1);
        assertThat(set.objects()).containsOnlyKeys("recruiting__Offer", "c__Store");
        assertThat(set.forObject("recruiting__Offer").orElseThrow().fields())
                .containsOnly(java.util.Map.entry("status", FieldAccess.NONE));
        assertThat(set.forObject("recruiting__Offer").orElseThrow().actions()).isEmpty();
    }

    @Test
    void aChangeOfSomethingThatIsNotThereIsToldWithTheNearestName() {
        Problem problem =
                onlyProblem(PRODUCT, custom("extends/recruiting/Offer.yaml", "fields:\n  salry: {help: H}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.TARGET_MISSING);
        assertThat(problem.source()).hasToString("custom:extends/recruiting/Offer.yaml:2:3");
        assertThat(problem.text(Locale.ENGLISH))
                .contains("Did you mean salary?")
                .contains("c__salry");
    }

    @Test
    void aMissingObjectIsToldOnceNotForEachOfItsFields() {
        Problem problem = onlyProblem(
                PRODUCT,
                custom(
                        "extends/recruiting/Ofer.yaml",
                        "fields: {c__a: {type: text, label: A}, c__b: {type: text, label: B}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.TARGET_MISSING);
        assertThat(problem.args()).containsEntry("suggestion", "recruiting__Offer");
    }

    @Test
    void aPropertyThatIsNotMeantToBeChangedIsRefused() {
        Problem problem =
                onlyProblem(PRODUCT, custom("extends/recruiting/Offer.yaml", "fields: {salary: {type: integer}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.PROPERTY_NOT_CHANGEABLE);
        assertThat(problem.args()).containsEntry("owner", "recruiting");
    }

    @Test
    void placesInACircleAreTold() {
        assertThat(onlyProblem(
                                PRODUCT,
                                custom(
                                        "extends/recruiting/Offer.yaml",
                                        "fields: {c__a: {type: text, label: A, after: c__b}, c__b: {type: text, label: B, after: c__a}}\n"))
                        .code())
                .isEqualTo(MetadataError.PLACEMENT_CYCLE);
    }

    @Test
    void layersStandInTheOrderOfTheirRequirementsTheTenantsOwnLast() {
        Layer a = other("aaa");
        List<Layer> ordered = LayerOrder.of(List.of(Layer.emptyCustom(), a, PRODUCT, SystemPackage.layer()))
                .orThrow()
                .layers();

        assertThat(ordered).extracting(Layer::name).containsExactly("system", "recruiting", "aaa", "custom");
    }

    @Test
    void requirementsMustBeThereInTheRightVersionAndNotInACircle() {
        assertThat(onlyProblem(other("aaa")).code()).isEqualTo(MetadataError.REQUIREMENT_MISSING);
        assertThat(onlyProblem(productWith("0.9.0", "README.md", ""), other("aaa"))
                        .code())
                .isEqualTo(MetadataError.REQUIREMENT_VERSION);

        Layer a = requiring("aaa", "bbb");
        Layer b = requiring("bbb", "aaa");
        Problem circle = onlyProblem(a, b);
        assertThat(circle.code()).isEqualTo(MetadataError.REQUIREMENT_CYCLE);
        assertThat(circle.args()).containsEntry("cycle", "aaa → bbb → aaa");
    }

    @Test
    void aPackageMustRequireWhatItExtends() {
        Layer a = PackageReader.read(files(
                        "package.yaml", "name: aaa\nnamespace: aaa\nversion: 1.0.0\ntitle: A\n",
                        "extends/recruiting/Offer.yaml", "fields: {salary: {help: H}}\n"))
                .orThrow();

        assertThat(onlyProblem(PRODUCT, a).code()).isEqualTo(MetadataError.REQUIREMENT_UNDECLARED);
    }

    @Test
    void theSamePackageOrNamespaceTwiceIsTold() {
        assertThat(onlyProblem(PRODUCT, PRODUCT).code()).isEqualTo(MetadataError.LAYER_TWICE);
        Layer same = PackageReader.read(
                        files("package.yaml", "name: other\nnamespace: recruiting\nversion: 1.0.0\ntitle: O\n"))
                .orThrow();
        assertThat(onlyProblem(PRODUCT, same).code()).isEqualTo(MetadataError.NAMESPACE_TWICE);
    }

    @Test
    void hiddenElementsStayInTheModelFlaggedOrLeaveTheScreens() {
        Model model = model(
                PRODUCT,
                custom(
                        "extends/recruiting/Offer.yaml",
                        "fields: {salary: {hidden: true}}\nactions: {renderLetter: {hidden: true}}\n"));

        ObjectType offer = model.requireObject("recruiting__Offer");
        assertThat(offer.requireField("salary").hidden()).isTrue();
        assertThat(offer.actions()).isEmpty();
        assertThat(offer.views().getFirst().columns()).containsExactly("number", "candidate.name");
        assertThat(offer.layout().sections().getFirst().fields()).containsExactly("candidate", "status");
    }

    private static Layer requiring(String name, String required) {
        return PackageReader.read(files(
                        "package.yaml",
                        "name: " + name + "\nnamespace: " + name + "\nversion: 1.0.0\ntitle: T\nrequires: {" + required
                                + ": 1.x}\n"))
                .orThrow();
    }
}
