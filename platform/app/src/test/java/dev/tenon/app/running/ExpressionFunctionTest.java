package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Functions of expressions in a product: in formulas and defaults while saving, in rules, in a row condition as SQL. */
class ExpressionFunctionTest {

    private static final String DUTIES = "/odata/plant__Duty";

    @Test
    void formulasRulesAndRowConditionsUseThem() {
        Http http = Plant.dutyWorker("planner");
        JsonNode saved = http.post(DUTIES, Map.of("name", "张😀三", "kind", "early", "day", "2999-11-30"))
                .good();
        assertThat(saved.get("ends").asString()).isEqualTo("3000-02-28");
        assertThat(saved.get("title").asString()).isEqualTo("早班 张😀 6");
        http.post(DUTIES, Map.of("name", "not for reader", "day", "2999-11-30")).good();
        http.post(DUTIES, Map.of("name", "Past", "day", "1999-01-01")).refused(400, "records.validation-failed");
        List<String> seen = Plant.dutyWorker("reader")
                .get(DUTIES)
                .good()
                .get("value")
                .valueStream()
                .map(row -> row.get("name").asString())
                .toList();
        assertThat(seen).containsExactly("张😀三");
    }
}
