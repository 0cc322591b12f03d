package dev.tenon.store.approval;

import static dev.tenon.store.approval.Office.answer;
import static dev.tenon.store.approval.Office.remark;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.Task;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.TimelineEntry;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who sees which items, with and without a customer's policy; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApprovalVisibilityContract {

    private static final AtomicInteger TENANT = new AtomicInteger();
    private static final ApprovalVisibilityPolicy EXISTENCE = (me, item, inst) -> TestCode.earlierOnly(me, item, false);
    private static final ApprovalVisibilityPolicy CONTENT = (me, item, inst) -> TestCode.earlierOnly(me, item, true);
    private static final int COMMANDS = 14;

    private Database database;
    private Path folder;

    abstract DatabaseSettings settings(Path temp);

    /** How many random flows are played; {@code -Dtenon.test.flows} plays more. */
    int flows() {
        return Integer.getInteger("tenon.test.flows", 8);
    }

    @BeforeAll
    void open(@TempDir Path temp) {
        folder = temp;
        database = Database.open(settings(temp));
    }

    @AfterAll
    void close() {
        database.close();
    }

    /** People and one offer that the second step is busy with. */
    private final class Scene {
        final Office office;
        final Identity recruiter;
        final Identity manager;
        final Identity partner;
        final Identity second;
        final Identity auditor;
        final UUID offer;
        final UUID instance;

        Scene(@Nullable ApprovalVisibilityPolicy policy) {
            office = new Office(database, folder, "visible" + TENANT.incrementAndGet(), policy);
            recruiter = office.person("Recruiter", "recruiting__recruiter");
            manager = office.person("Manager");
            partner = office.person("Partner", "recruiting__hrbp");
            second = office.person("Second", "recruiting__hrbp");
            auditor = office.person("Auditor", "recruiting__auditor");
            office.person("President", "recruiting__hrvp");
            offer = office.offer(recruiter, manager, 10_000);
            instance = office.submit(recruiter, offer).id();
            office.approvals.approve(manager, office.task(manager), answer("good from the manager"));
        }

        String walk(Identity who) {
            return Walk.of(office, who, instance, offer, "secret");
        }

        List<String> texts(Identity who) {
            return office.approvals.instance(who, instance).timeline().stream()
                    .map(TimelineEntry::comment)
                    .filter(c -> c != null)
                    .toList();
        }
    }

    @Test
    void withThePolicyTheFirstApproverFindsNoDifferenceAfterTheSecondCommented() {
        Scene scene = new Scene(EXISTENCE);
        String before = scene.walk(scene.manager);
        scene.office.approvals.comment(scene.partner, scene.instance, remark("a secret"));
        assertThat(scene.walk(scene.manager)).isEqualTo(before);
        assertThat(scene.texts(scene.partner)).contains("good from the manager", "a secret");
        assertThat(scene.texts(scene.auditor)).contains("a secret");
        assertThat(scene.texts(scene.second)).containsExactly("please", "good from the manager");
    }

    @Test
    void withoutAPolicyEverybodySeesTheComment() {
        Scene scene = new Scene(null);
        String before = scene.walk(scene.manager);
        scene.office.approvals.comment(scene.partner, scene.instance, remark("a secret"));
        assertThat(scene.walk(scene.manager)).isNotEqualTo(before).contains("a secret");
        assertThat(scene.texts(scene.recruiter)).contains("a secret");
    }

    @Test
    void thePolicyHoldsForTheCommentThatComesWithADecisionAndAfterTheEnd() {
        Scene scene = new Scene(EXISTENCE);
        scene.office.approvals.approve(scene.partner, scene.office.task(scene.partner), answer("a secret"));
        scene.office.approvals.approve(scene.second, scene.office.task(scene.second), answer("a secret too"));
        InstanceView view = scene.office.approvals.instance(scene.manager, scene.instance);
        assertThat(view.state()).isEqualTo("APPROVED");
        assertThat(scene.texts(scene.manager)).containsExactly("please", "good from the manager");
        assertThat(view.timeline()).noneMatch(TimelineEntry::commentHidden);
        assertThat(scene.walk(scene.manager)).doesNotContain("a secret");
    }

    @Test
    void aPolicyOfContentHidesTheTextOnly() {
        Scene scene = new Scene(CONTENT);
        scene.office.approvals.comment(scene.partner, scene.instance, remark("a secret"));
        InstanceView view = scene.office.approvals.instance(scene.manager, scene.instance);
        assertThat(view.timeline()).anyMatch(TimelineEntry::commentHidden);
        assertThat(scene.walk(scene.manager)).doesNotContain("a secret");
        Set<String> bodies = new HashSet<>();
        scene.office
                .as(scene.manager)
                .query(Query.of("sys__ApprovalComment", 50))
                .rows()
                .forEach(r -> bodies.add(String.valueOf(r.values().get("body"))));
        assertThat(bodies).containsExactlyInAnyOrder("please", "good from the manager", "null");
    }

    @Test
    void theReasonOfAReturnReachesTheSubmitterWhateverThePolicySays() {
        Scene scene = new Scene(EXISTENCE);
        UUID task = scene.office.task(scene.partner);
        scene.office.approvals.returnToSubmitter(scene.partner, task, answer("too much"));
        assertThat(scene.texts(scene.recruiter)).contains("too much");
        assertThat(scene.texts(scene.manager)).doesNotContain("too much");
    }

    @Test
    void whoMayNotReadACommentIsNotToldOfIt() {
        Scene scene = new Scene(EXISTENCE);
        scene.office.approvals.comment(scene.partner, scene.instance, remark("a secret"));
        scene.office.approvals.comment(scene.manager, scene.instance, remark("for later approvers"));
        List<String> told = new ArrayList<>();
        List<String> payloads = payloads(scene.office, "approval.commented");
        assertThat(payloads).hasSize(2);
        payloads.forEach(p -> scene.office
                .notifications
                .notices(scene.office.tenant, "approval.commented", p)
                .forEach(n -> told.add(name(scene, n.recipient()) + ": " + n.body())));
        assertThat(told).containsExactlyInAnyOrder("Partner: for later approvers", "Second: for later approvers");
    }

    private static String name(Scene scene, UUID user) {
        return scene.office
                .identity(scene.office.tenant, user)
                .orElseThrow()
                .user()
                .name();
    }

    private List<String> payloads(Office office, String topic) {
        return database.dsl()
                .resultQuery(
                        "select payload from " + "\"t_" + office.tenant + "\".\"tenon_outbox\""
                                + " where \"topic\" = ? order by \"seq\"",
                        topic)
                .fetch(0, String.class);
    }

    /** What a comment is to the definition of "later", kept beside the engine. */
    private record Said(UUID author, String text, @Nullable UUID run, long closed, Set<UUID> audience) {}

    @Test
    void inRandomFlowsEverybodySeesJustWhatTheDefinitionSays() {
        for (int seed = 0; seed < flows(); seed++) {
            Random random = new Random(seed);
            Scene scene = new Scene(EXISTENCE);
            List<Identity> people = List.of(scene.recruiter, scene.manager, scene.partner, scene.second);
            List<Said> said = new ArrayList<>();
            said.add(new Said(scene.recruiter.user().id(), "please", null, 1, Set.of()));
            said.add(new Said(
                    scene.manager.user().id(),
                    "good from the manager",
                    state(scene).runs().getFirst().id(),
                    0,
                    Set.of()));
            for (int i = 0; i < COMMANDS; i++) {
                Identity who = people.get(random.nextInt(people.size()));
                String text = "text " + seed + "-" + i;
                State before = state(scene);
                Map<Identity, String> walks = new HashMap<>();
                boolean speaks = random.nextInt(3) == 0;
                if (speaks) {
                    people.forEach(p -> walks.put(p, scene.walk(p)));
                }
                Said now;
                try {
                    now = act(scene, who, speaks ? 0 : 1 + random.nextInt(5), text, before);
                } catch (PlatformException refused) {
                    continue;
                }
                if (now != null) {
                    said.add(now);
                }
                check(scene, people, said, seed);
                if (speaks && now != null) {
                    for (Identity p : people) {
                        boolean sees = visible(state(scene), now, p.user().id());
                        assertThat(scene.walk(p).equals(walks.get(p)))
                                .as("seed %s", seed)
                                .isEqualTo(!sees);
                    }
                }
            }
        }
    }

    private @Nullable Said act(Scene scene, Identity who, int what, String text, State before) {
        var approvals = scene.office.approvals;
        UUID user = who.user().id();
        if (what == 0) {
            approvals.comment(who, scene.instance, remark(text));
            Task own = before.tasks().stream()
                    .filter(t -> t.assignee().equals(user) && t.activatedSeq() != null)
                    .reduce((a, b) -> a.activatedSeq() > b.activatedSeq() ? a : b)
                    .orElse(null);
            return own == null
                    ? new Said(user, text, null, before.instance().roundSeq(), Set.of())
                    : new Said(user, text, own.run(), 0, Set.of());
        }
        if (user.equals(scene.recruiter.user().id())) {
            approvals.resubmit(who, scene.instance, remark(text));
            return new Said(user, text, null, state(scene).instance().roundSeq(), Set.of());
        }
        if (approvals.todo(who, null, 1).items().isEmpty()) {
            return null;
        }
        UUID task = scene.office.task(who);
        UUID run = before.findTask(task).orElseThrow().run();
        if (what == 1) {
            approvals.returnToSubmitter(who, task, answer(text));
            return new Said(user, text, run, 0, Set.of(scene.recruiter.user().id()));
        }
        approvals.approve(who, task, answer(text));
        return new Said(user, text, run, 0, Set.of());
    }

    private static State state(Scene scene) {
        return scene.office
                .store
                .find(scene.office.tenant, scene.instance)
                .orElseThrow()
                .state();
    }

    private static void check(Scene scene, List<Identity> people, List<Said> said, int seed) {
        State state = state(scene);
        for (Identity person : people) {
            UUID user = person.user().id();
            List<String> expected = said.stream()
                    .filter(s -> visible(state, s, user))
                    .map(Said::text)
                    .sorted()
                    .toList();
            List<String> seen = scene.office.as(person).query(Query.of("sys__ApprovalComment", 500)).rows().stream()
                    .map((Row r) -> (String) r.values().get("body"))
                    .sorted()
                    .toList();
            assertThat(seen).as("seed %s, %s", seed, person.user().name()).isEqualTo(expected);
        }
    }

    /** The definition of section "later": written, addressed, or asked after it was finished. */
    private static boolean visible(State state, Said item, UUID viewer) {
        if (item.author().equals(viewer) || item.audience().contains(viewer)) {
            return true;
        }
        Long closed = item.run() == null
                ? (Long) item.closed()
                : state.findRun(item.run()).orElseThrow().closedSeq();
        long asked = state.tasks().stream()
                .filter(t -> t.assignee().equals(viewer) && t.activatedSeq() != null)
                .mapToLong(Task::activatedSeq)
                .max()
                .orElse(-1);
        return closed != null && closed <= asked;
    }
}
