package dev.tenon.store.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.AsyncRequests.Answer;
import dev.tenon.automation.AsyncRequests.Request;
import dev.tenon.automation.AsyncRequests.State;
import dev.tenon.automation.AsyncRequests.Status;
import dev.tenon.automation.port.AsyncStore;
import dev.tenon.automation.port.AsyncStore.Job;
import dev.tenon.automation.port.AsyncStore.Part;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.shop.MarkedSealing;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.store.tenancy.ShopPackage;
import dev.tenon.tenancy.PackageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are answered later, on a real database: done once, stopped in the middle, kept for their person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AsyncRequestContract {

    private static final String TENANT = "market";
    private static final Duration LONG = Duration.ofSeconds(60);

    private Node node;
    private AsyncRequests requests;
    private AsyncStore store;
    private final AtomicInteger runs = new AtomicInteger();

    abstract DatabaseSettings settings(Path folder);

    /** A statement that takes far longer than the test. */
    abstract String endless();

    @BeforeAll
    void open(@TempDir Path folder) {
        node = new Node(settings(folder), folder, StepListener.NONE, List.of());
        node.answerRequestsWith(new Runner());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        node.automation().start();
        requests = node.automation().asyncRequests();
        store = new JooqAsyncStore(node.database(), new MarkedSealing());
    }

    @AfterAll
    void close() {
        node.close();
    }

    /** Does what the path says. */
    private final class Runner implements RequestRunner {

        @Override
        public Answer run(Identity identity, Request request, InputStream body, OutputStream to) throws IOException {
            runs.incrementAndGet();
            switch (request.path()) {
                case "/echo" -> body.transferTo(to);
                case "/endless" -> node.database().dsl().execute(endless());
                case "/too-much" -> {
                    byte[] some = new byte[100_000];
                    for (int i = 0; i < 8; i++) {
                        to.write(some);
                    }
                }
                default -> throw StoreError.DUPLICATE.error().with("key", "x").build();
            }
            return new Answer(200, Map.of("Who", identity.user().name()));
        }

        @Override
        public Answer refuse(Identity identity, RuntimeException why, OutputStream to) throws IOException {
            String code = why instanceof PlatformException known ? known.code().id() : why.toString();
            to.write(code.getBytes(StandardCharsets.UTF_8));
            return new Answer(418, Map.of());
        }
    }

    private static Request request(String method, String path) {
        return new Request(method, path, "$top=1", Map.of("accept", "x"), "http://here/odata/", Channel.API);
    }

    private UUID start(Identity who, String method, String path, String body) {
        return requests.start(who, request(method, path), body.getBytes(StandardCharsets.UTF_8));
    }

    private String answer(Identity who, UUID id) {
        try (InputStream answer = requests.answer(who, id)) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ended(Identity who, UUID id) {
        Status status = requests.await(who, id, LONG);
        assertThat(status.state()).isEqualTo(State.DONE);
        return answer(who, id);
    }

    @Test
    void anAnswerIsKeptInPiecesForItsPersonAlone() {
        Identity person = node.person(TENANT, "shop__clerk");
        String sent = "0123456789乌镇".repeat(38_000); // 608,000 bytes: two pieces
        UUID id = start(person, "POST", "/echo", sent);
        assertThat(ended(person, id)).isEqualTo(sent).isEqualTo(answer(person, id));
        assertThat(requests.await(person, id, LONG).answer()).isEqualTo(new Answer(200, Map.of("Who", "Wang Fang")));

        Identity other = node.person(TENANT, "shop__clerk");
        assertThatThrownBy(() -> requests.await(other, id, LONG)).hasMessageContaining("automation.unknown-request");
        assertThatThrownBy(() -> requests.answer(other, id)).hasMessageContaining("automation.unknown-request");
        assertThatThrownBy(() -> requests.cancel(other, id)).hasMessageContaining("automation.unknown-request");

        assertThat(requests.cancel(person, id)).isTrue();
        assertThatThrownBy(() -> requests.await(person, id, LONG)).hasMessageContaining("automation.unknown-request");
        try (InputStream nothing = store.open(TENANT, id, Part.ANSWERED)) {
            assertThat(nothing.read()).isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void faultsAndTooLargeAnswersAreAnswers() {
        Identity person = node.person(TENANT, "shop__clerk");
        assertThat(ended(person, start(person, "GET", "/faulty", ""))).isEqualTo("store.duplicate");
        UUID large = start(person, "GET", "/too-much", "");
        assertThat(ended(person, large)).isEqualTo("automation.answer-too-large");
        UUID last = start(person, "GET", "/echo", "x");
        assertThat(ended(person, last)).isEqualTo("x");
        // Two answers are kept for a person; of more the oldest go.
        requests.await(person, last, LONG);
        store.removeOldest(TENANT, person.user().id(), 1);
        assertThatThrownBy(() -> requests.await(person, large, LONG))
                .hasMessageContaining("automation.unknown-request");
        assertThat(answer(person, last)).isEqualTo("x");
    }

    @Test
    void aStatementIsStoppedInTheMiddleAndOthersAreToldTheLimit() {
        Identity person = node.person(TENANT, "shop__clerk");
        UUID endless = start(person, "GET", "/endless", "");
        while (requests.await(person, endless, Duration.ZERO).state() == State.QUEUED) {
            Thread.onSpinWait();
        }
        // Of one person one is done after the other.
        UUID second = start(person, "GET", "/echo", "");
        UUID third = start(person, "GET", "/echo", "");
        assertThatThrownBy(() -> start(person, "GET", "/echo", "")).hasMessageContaining("automation.async-limit");
        Identity other = node.person(TENANT, "shop__clerk");
        assertThat(ended(other, start(other, "GET", "/echo", "by"))).isEqualTo("by");
        assertThat(requests.cancel(person, third)).isTrue();

        requests.cancel(person, endless);
        assertThat(ended(person, second)).isEmpty();
        assertThatThrownBy(() -> requests.await(person, endless, LONG))
                .hasMessageContaining("automation.unknown-request");
    }

    private UUID left(Identity person, String method) {
        UUID id = RecordIds.next();
        Instant past = Instant.now().minusSeconds(600);
        Job job = new Job(
                id, request(method, "/echo"), "en", person.user().id(), State.RUNNING, new Answer(0, Map.of()), past);
        store.add(TENANT, job, "again".getBytes(StandardCharsets.UTF_8));
        return id;
    }

    @Test
    void whatADeadNodeHasLeftIsReadAgainButNeverWrittenAgain() {
        Identity reader = node.person(TENANT, "shop__clerk");
        Identity writer = node.person(TENANT, "shop__clerk");
        int before = runs.get();
        UUID written = left(writer, "POST");
        UUID read = left(reader, "GET");
        // Whatever wakes the workers; they look by themselves now and then, too.
        start(node.person(TENANT, "shop__clerk"), "GET", "/echo", "");
        assertThat(ended(reader, read)).isEqualTo("again");
        assertThat(ended(writer, written)).isEqualTo("automation.async-interrupted");
        assertThat(runs.get()).isBetween(before + 1, before + 2);
    }

    @Test
    void whoHasLostItsClaimEndsNothing() {
        Identity person = node.person(TENANT, "shop__clerk");
        UUID id = RecordIds.next();
        Job job = new Job(
                id,
                request("GET", "/echo"),
                "en",
                person.user().id(),
                State.DONE,
                new Answer(200, Map.of()),
                Instant.now());
        JooqAsyncStore other = new JooqAsyncStore(node.database(), new MarkedSealing());
        other.add(TENANT, job, new byte[0]);
        assertThat(other.keep(TENANT, id, "nobody", Instant.now())).isEqualTo(Standing.LOST);
        assertThat(other.end(TENANT, id, "nobody", State.FAILED, new Answer(0, Map.of()), 0, Instant.now()))
                .isFalse();
        assertThat(other.find(TENANT, id).orElseThrow().state()).isEqualTo(State.DONE);
        other.remove(TENANT, id);
        assertThat(other.removeEnded(TENANT, Instant.EPOCH, 10)).isZero();
    }
}
