package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.app.running.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Insert or update by a key that ignores case, one by one and by several at once. */
class UpsertTest {

    private static final String PUMPS = "/odata/plant__Pump";
    private static final Http PUMPER = Plant.someone("upserter", "plant__pumper");

    private static Answer upsert(String code, String name) {
        return PUMPER.patch(PUMPS + "(code='" + code + "')", null, Map.of("name", name));
    }

    @Test
    void aKeyThatIgnoresCaseFindsItsRecord() {
        assertThat(upsert("ab-1", "made").status()).isEqualTo(201);
        Answer changed = upsert("AB-1", "changed");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("code").asString()).isEqualTo("ab-1");
        assertThat(PUMPER.get(PUMPS + "(code='%EF%BC%A1b-1')")
                        .good()
                        .get("name")
                        .asString())
                .isEqualTo("changed");
        PUMPER.get(PUMPS + "(code='ab-2')").refused(404, "records.not-found");
        PUMPER.send("PATCH", PUMPS + "(code='aB-1')", Map.of("name", "x"), Map.of("If-None-Match", "*"))
                .refused(412, "web.odata-key-taken");
    }

    @Test
    void ofSeveralAtOnceOneMakesItAndTheOthersChangeIt() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 5; round++) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    String code = (i % 2 == 0 ? "race-" : "RACE-") + round;
                    String name = "by " + i;
                    answers.add(threads.submit(() -> upsert(code, name).status()));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> answer : answers) {
                    statuses.add(answer.get());
                }
                assertThat(statuses).containsOnlyOnce(201).containsOnly(200, 201);
            }
        }
    }
}
