package dev.tenon.metadata;

import static dev.tenon.metadata.Fixtures.PRODUCT;
import static dev.tenon.metadata.Fixtures.custom;
import static dev.tenon.metadata.Fixtures.onlyProblem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fields: {c__x: {type: lookup, label: X, target: recruiting__Candidat}} | REFERENCE_UNKNOWN | recruiting__Candidate",
                "fields: {c__x: {type: rollUp, label: X, object: recruiting__Application, via: candidate, function: count}} | ROLL_UP_VIA | ''",
                "titleField: nummer | REFERENCE_UNKNOWN | number",
                "uniqueKeys: {c__k: [salry]} | REFERENCE_UNKNOWN | salary",
                "rules: {c__r: {condition: 'true', message: M, field: salry}} | REFERENCE_UNKNOWN | salary",
                "views: {c__v: {label: V, columns: [candidate.nme]}} | PATH_UNKNOWN | name",
                "views: {c__v: {label: V, columns: [salary.name]}} | PATH_NOT_LOOKUP |",
                "views: {c__v: {label: V, columns: [number], sort: [-creatdAt]}} | PATH_UNKNOWN | createdAt",
                "layout: {sections: {c__s: {label: S, fields: [salry]}}} | REFERENCE_UNKNOWN | salary",
                "layout: {sections: {main: {fields: {add: [{field: salary, after: kandidate}]}}}} | REFERENCE_UNKNOWN | candidate",
                "layout: {sections: {c__s: {label: S, fields: [salary], after: mian}}} | REFERENCE_UNKNOWN | main",
                "layout: {related: {c__r: {label: R, object: recruiting__Application, via: stage, columns: [score]}}} | RELATED_VIA |",
                "fields: {c__x: {type: decimal, label: X, precision: 2, scale: 4}} | SCALE_TOO_LARGE |",
                "fields: {salary: {maxLength: 4}} | KEY_NOT_FOR_TYPE |",
                "fields: {salary: {rateDate: createdAt}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__x: {type: currency, label: X, unique: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__x: {type: address, label: X, default: number}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__x: {type: picklist, label: X, codes: countries, values: {a: {label: A}}}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__x: {type: currency, label: X, rateDate: salary}} | RATE_DATE |",
                "fields: {c__x: {type: currency, label: X, rateDate: createAt}} | RATE_DATE | createdAt",
                "fields: {annual: {requiredWhen: 'true'}} | KEY_NOT_FOR_TYPE |",
                "fields: {salary: {transitions: {draft: [approved]}}} | KEY_NOT_FOR_TYPE |",
                "fields: {salary: {dependsOn: status}} | KEY_NOT_FOR_TYPE |",
                "fields: {status: {allowed: {draft: [draft]}}} | DEPENDENCE_MISSING |",
                "fields: {status: {dependsOn: salary}} | DEPENDENCE_FIELD |",
                "{titleField: c__j, fields: {c__j: {type: json, label: J}}} | FIELD_NOT_COMPARABLE |",
                "{titleField: c__j, fields: {c__j: {type: image, label: J}}} | FIELD_NOT_COMPARABLE |",
                "{views: {c__v: {label: V, columns: [number], sort: [c__j]}}, fields: {c__j: {type: file, label: J}}} | FIELD_NOT_COMPARABLE |",
                "{uniqueKeys: {c__k: [c__j]}, fields: {c__j: {type: richText, label: J}}} | FIELD_NOT_COMPARABLE |",
                "{views: {c__v: {label: V, columns: [number], sort: [-c__j]}}, fields: {c__j: {type: multiPicklist, label: J, values: {a: {label: A}}}}} | FIELD_NOT_COMPARABLE |",
                "{titleField: c__e, fields: {c__e: {type: encryptedText, label: E}}} | FIELD_NOT_COMPARABLE |",
                "{uniqueKeys: {c__k: [c__e]}, fields: {c__e: {type: encryptedText, label: E}}} | FIELD_NOT_COMPARABLE |",
                "{views: {c__v: {label: V, columns: [c__e], sort: [c__e]}}, fields: {c__e: {type: encryptedText, label: E}}} | FIELD_NOT_COMPARABLE |",
                "{duplicateRules: {c__d: {message: M, match: [{c__e: exact}]}}, fields: {c__e: {type: encryptedText, label: E}}} | MATCH_FIELD |",
                "fields: {c__e: {type: encryptedText, label: E, unique: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__e: {type: encryptedText, label: E, indexed: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__e: {type: encryptedText, label: E, mask: first}} | VALUE_NOT_ALLOWED |",
                "fields: {salary: {mask: all}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__e: {type: encryptedText, label: E}, c__o: {type: lookup, label: O, target: recruiting__Offer, candidateFields: [c__e]}} | CANDIDATE_FIELD |",
                "fields: {status: {dependsOn: status}} | DEPENDENCE_FIELD |",
                "fields: {status: {dependsOn: salery}} | REFERENCE_UNKNOWN | salary",
                "fields: {c__x: {label: X, type: json, unique: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__x: {label: X, type: multiPicklist}} | MISSING_KEY |",
                "fields: {status: {transitions: {draft: [aproved]}}} | REFERENCE_UNKNOWN | approved",
                "fields: {status: {transitions: {drafd: [approved]}}} | REFERENCE_UNKNOWN | draft",
                "fields: {status: {transitions: {draft: {add: [aproved]}}}} | REFERENCE_UNKNOWN | approved",
                "fields: {status: {initial: [drafd]}} | REFERENCE_UNKNOWN | draft",
                "fields: {number: {readOnlyWhen: 'true'}} | KEY_NOT_FOR_TYPE |",
                "fields: {number: {values: {c__a: {label: A}}}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__p: {type: picklist, label: P, values: {}}} | VALUE_INVALID |",
                "fields: {candidate: {candidateFields: [nme]}} | REFERENCE_UNKNOWN | name",
                "fields: {c__o: {type: lookup, label: O, target: recruiting__Offer, candidateFields: [candidate]}} | CANDIDATE_FIELD |",
                "fields: {candidate: {reparent: refused}} | KEY_NOT_FOR_TYPE |",
                "fields: {salary: {candidateFilter: 'true'}} | KEY_NOT_FOR_TYPE |",
                "fields: {salary: {accept: [text/plain]}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__f: {type: file, label: F, unique: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__f: {type: file, label: F, maxWidth: 4}} | KEY_NOT_FOR_TYPE |",
                "uniqueKeys: {c__k: {fields: [salry], ignoreCase: true}} | REFERENCE_UNKNOWN | salary",
                "uniqueKeys: {c__k: {ignoreCase: true}} | MISSING_KEY |",
                "fields: {salary: {ignoreCase: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {c__t: {type: text, label: T, maxLength: 501, indexed: true}} | INDEXED_TEXT_TOO_LONG |",
                "fields: {c__t: {type: longText, label: T, indexed: true}} | KEY_NOT_FOR_TYPE |",
                "fields: {number: {reset: year}} | NUMBER_REPEATS |",
                "fields: {number: {format: 'X{MM}{000}', reset: month}} | NUMBER_REPEATS |",
                "fields: {number: {format: 'X{hh}{000}'}} | NUMBER_FORMAT |",
                "fields: {number: {format: 'X'}} | NUMBER_FORMAT |",
                "fields: {salary: {gapless: true}} | KEY_NOT_FOR_TYPE |",
                "baseline: controlledByParent | PARENT_NEEDED |"
            })
    void somethingThatDoesNotHoldInAnObjectIsTold(String yaml, MetadataError code, String suggestion) {
        Checked<Layer> layer = PackageReader.read(
                Fixtures.files("package.yaml", Fixtures.CUSTOM, "extends/recruiting/Offer.yaml", yaml + "\n"));
        Problem problem =
                layer instanceof Checked.Bad<Layer> ? onlyProblem(layer) : onlyProblem(PRODUCT, layer.orThrow());

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.source().file()).isEqualTo("extends/recruiting/Offer.yaml");
        assertThat(problem.source().line()).isEqualTo(1);
        if (suggestion != null) {
            assertThat(problem.args()).containsEntry("suggestion", suggestion);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum | stage | ROLL_UP_FIELD",
                "sum | | ROLL_UP_FIELD",
                "count | score | ROLL_UP_FIELD",
                "sum | score |",
                "min | createdAt |",
                "count | |"
            })
    void aRollUpNeedsAFieldThatItsFunctionCanUse(String function, String field, MetadataError code) {
        Checked<?> compiled = Models.compile(
                "t",
                1,
                java.util.List.of(
                        PRODUCT,
                        custom(
                                "extends/recruiting/Candidate.yaml",
                                "fields: {c__x: {type: rollUp, label: X, object: recruiting__Application, via: candidate, function: "
                                        + function + (field == null ? "" : ", field: " + field) + "}}\n")));

        if (code == null) {
            assertThat(compiled.problems()).isEmpty();
        } else {
            assertThat(onlyProblem(compiled).code()).isEqualTo(code);
        }
    }

    @Test
    void oneMasterIsEnough() {
        Problem problem = onlyProblem(
                PRODUCT,
                custom(
                        "extends/recruiting/Application.yaml",
                        "fields: {c__offer: {type: masterDetail, label: Offer, target: recruiting__Offer}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.MASTER_DETAIL_TWICE);
    }

    @Test
    void mastersMayNotFormACircle() {
        Problem problem = onlyProblem(custom(
                "objects/A.yaml", "label: A\nfields: {b: {type: masterDetail, label: B, target: B}}\n",
                "objects/B.yaml", "label: B\nfields: {a: {type: masterDetail, label: A, target: A}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.MASTER_DETAIL_CYCLE);
    }

    @Test
    void namesThatDifferByCaseOnlyAreTold() {
        Problem problem = onlyProblem(custom(
                "objects/A.yaml", "label: A\nfields: {aB: {type: text, label: B}, ab: {type: text, label: B}}\n"));

        assertThat(problem.code()).isEqualTo(MetadataError.NAMES_TOO_SIMILAR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extends/approvals/recruiting__offer_approval.yaml | steps: {c__s: {label: S, approvers: [{field: candidate}]}} | APPROVER_NOT_USER",
                "extends/approvals/recruiting__offer_approval.yaml | steps: {c__s: {label: S, approvers: [{field: candidat.x}]}} | PATH_UNKNOWN",
                "extends/approvals/recruiting__offer_approval.yaml | steps: {c__s: {label: S, approvers: [{holdersOf: recruiting__recruter}]}} | REFERENCE_UNKNOWN",
                "extends/approvals/recruiting__offer_approval.yaml | onOutcome: {approved: {annual: '1'}} | FIELD_COMPUTED",
                "extends/approvals/recruiting__offer_approval.yaml | submitters: [recruiting__x] | REFERENCE_UNKNOWN",
                "extends/approvals/recruiting__offer_aproval.yaml | lock: none | TARGET_MISSING",
                "policies/p.yaml | {process: recruiting__x, plugin: a/b} | REFERENCE_UNKNOWN",
                "permissions/p.yaml | {label: P, objects: {recruiting__Ofer: {read: true}}} | REFERENCE_UNKNOWN",
                "permissions/p.yaml | {label: P, objects: {recruiting__Offer: {read: true, fields: {salry: none}}}} | REFERENCE_UNKNOWN",
                "permissions/p.yaml | {label: P, objects: {recruiting__Offer: {read: true, actions: [x]}}} | REFERENCE_UNKNOWN",
                "permissions/p.yaml | {label: P, objects: {recruiting__Offer: {read: true, reveal: [salry]}}} | REFERENCE_UNKNOWN",
                "permissions/p.yaml | {label: P, objects: {recruiting__Offer: {read: true, reveal: [salary]}}} | REVEAL_NOT_ENCRYPTED",
                "apps.yaml | a: {label: A, objects: [Storee]} | REFERENCE_UNKNOWN",
                "settings.yaml | s: {label: S, type: date, value: tomorrow} | SETTING_VALUE",
                "extends/settings.yaml | recruiting__limit: {value: high} | SETTING_VALUE",
                "extends/settings.yaml | recruiting__limt: {value: 1} | TARGET_MISSING"
            })
    void somethingThatDoesNotHoldElsewhereIsTold(String file, String yaml, MetadataError code) {
        Problem problem = onlyProblem(PRODUCT, custom(file, yaml + "\n"));

        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.source().file()).isEqualTo(file);
        assertThat(problem.source().line()).isEqualTo(1);
    }
}
