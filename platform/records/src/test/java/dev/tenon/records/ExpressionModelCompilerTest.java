package dev.tenon.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.shop.ShopPackage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionModelCompilerTest {

    private static List<Problem> problems(String file, String from, String to) {
        String text = ShopPackage.files().get(file);
        assertThat(text).contains(from);
        return problems(file, text.replace(from, to));
    }

    private static List<Problem> problems(String file, String text) {
        Map<String, String> files = new HashMap<>(ShopPackage.files());
        files.put(file, text);
        Model model = ShopPackage.model("test", 2, files);
        return switch (new ExpressionModelCompiler(List.of()).compile(model)) {
            case ModelCompiler.Outcome.Compiled compiled -> List.of();
            case ModelCompiler.Outcome.Refused refused -> refused.problems();
        };
    }

    private static void told(List<Problem> problems, String code, String file) {
        assertThat(problems).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.detail().code().id()).isEqualTo(code);
            assertThat(problem.source().file()).isEqualTo(file);
            assertThat(problem.source().line()).isPositive();
        });
    }

    @Test
    void anUnknownNameIsToldWithFileLineAndColumn() {
        List<Problem> problems = problems("objects/Line.yaml", "quantity * price", "quantity * prize");

        told(problems, "expression.unknown-name", "objects/Line.yaml");
        assertThat(problems.getFirst().source().line()).isEqualTo(10);
        assertThat(problems.getFirst().source().column()).isGreaterThan(50);
        assertThat(problems.getFirst().detail().args()).containsEntry("suggestion", "price");
    }

    @Test
    void formulasInACircleAreToldWithTheWayRound() {
        List<Problem> problems = problems("objects/Line.yaml", "quantity * price", "order.total * 2.0");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.detail().code()).isEqualTo(RecordsError.FORMULA_CYCLE);
            assertThat(String.valueOf(problem.detail().args().get("path")))
                    .isEqualTo("shop__Order.total → shop__Order.lineTotal → shop__Line.amount → shop__Order.total");
        });
    }

    @Test
    void rollUpsInACircleAreToldWithTheWayRoundToo() {
        List<Problem> problems = problems(
                "objects/Customer.yaml",
                "rules:\n",
                "  whole: {type: rollUp, label: Whole, object: Customer, via: above, function: sum, field: whole}\n"
                        + "  above: {type: lookup, label: Above, target: Customer}\nrules:\n");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.detail().code()).isEqualTo(RecordsError.FORMULA_CYCLE);
            assertThat(problem.detail().args()).containsEntry("path", "whole → whole");
        });
    }

    @Test
    void aConstantDefaultThatDoesNotFitIsToldBeforeARecordIsMade() {
        told(
                problems("objects/Line.yaml", "default: \"1\"", "default: \"1001\""),
                "records.out-of-range",
                "objects/Line.yaml");
        told(
                problems("objects/Order.yaml", "default: \"'open'\"", "default: \"'opne'\""),
                "records.not-a-picklist-value",
                "objects/Order.yaml");
        told(
                problems("objects/Customer.yaml", "format: email,", "format: email, default: \"'Ann'\","),
                "records.wrong-format",
                "objects/Customer.yaml");
        told(
                problems(
                        "objects/Customer.yaml",
                        "rules:\n",
                        "  setup: {type: json, label: Setup, default: \"'{oops'\"}\nrules:\n"),
                "records.malformed-json",
                "objects/Customer.yaml");
    }

    @Test
    void aStoredFormulaMustNotDependOnTheDayOrTheReader() {
        told(
                problems("objects/Customer.yaml", "\"secret.size()\"", "\"daysBetween(today, today)\""),
                "records.formula-not-stable",
                "objects/Customer.yaml");
    }

    @Test
    void anApprovalCannotAskForTheSetsOfItsSubmitter() {
        String process = """
                label: Release
                object: Order
                entry: "me.name != 'x'"
                steps:
                  chief: {label: Chief, approvers: [{field: owner}], condition: "'shop__x' in me.permissionSets"}
                """;
        told(problems("approvals/release.yaml", process), "records.not-of-the-submitter", "approvals/release.yaml");
    }

    @Test
    void aRollUpFilterStaysWithTheCountedRecord() {
        told(
                problems("objects/Customer.yaml", "status != 'cancelled'", "customer.name != 'x'"),
                "records.roll-up-filter-path",
                "objects/Customer.yaml");
    }

    @Test
    void conditionsOfFieldsAreCheckedLikeRules() {
        for (String condition : List.of("visibleWhen", "requiredWhen", "readOnlyWhen")) {
            told(
                    problems(
                            "objects/Order.yaml",
                            "label: Payer,",
                            "label: Payer, " + condition + ": \"statuss != 'open'\","),
                    "expression.unknown-name",
                    "objects/Order.yaml");
            told(
                    problems("objects/Order.yaml", "label: Payer,", "label: Payer, " + condition + ": total,"),
                    "expression.type-mismatch",
                    "objects/Order.yaml");
        }
        assertThat(problems(
                        "objects/Order.yaml",
                        "label: Payer,",
                        "label: Payer, visibleWhen: \"payer != null || me == owner || customer.agent == me\","))
                .as("a field's own value, and a circle of conditions, compute nothing")
                .isEmpty();
    }

    @Test
    void everyKindOfExpressionIsChecked() {
        told(
                problems("objects/Customer.yaml", "region != 'north'", "regoin != 'north'"),
                "expression.unknown-name",
                "objects/Customer.yaml");
        told(
                problems("objects/Customer.yaml", "\"region == 'south'\", script", "\"1\", script"),
                "expression.type-mismatch",
                "objects/Customer.yaml");
        told(
                problems("objects/Customer.yaml", "filter: \"region == 'south'\"", "filter: \"region == 'x'\""),
                "expression.unknown-picklist-value",
                "objects/Customer.yaml");
        told(
                problems("objects/Customer.yaml", "\"1000.0\"", "\"'much'\""),
                "expression.type-mismatch",
                "objects/Customer.yaml");
        told(
                problems("permissions/clerk.yaml", "customer.agent == me", "customer.agnet == me"),
                "expression.unknown-name",
                "permissions/clerk.yaml");
    }
}
