package dev.tenon.store.approval;

import static dev.tenon.store.approval.Office.answer;
import static dev.tenon.store.approval.Office.remark;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.approval.Answer;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.Approvals;
import dev.tenon.approval.view.ActionView;
import dev.tenon.approval.view.InboxPage;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.RecordApprovalView;
import dev.tenon.approval.view.StepView;
import dev.tenon.approval.view.TimelineEntry;
import dev.tenon.approval.view.TodoItem;
import dev.tenon.records.RecordKey;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Approvals of people, with everything real below them; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApprovalStoreContract {

    private static final AtomicInteger TENANT = new AtomicInteger();

    private Database database;
    private Path folder;
    private Office office;
    private Identity recruiter;
    private Identity manager;
    private Identity partner;
    private Identity secondPartner;
    private Identity president;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path temp) {
        folder = temp;
        database = Database.open(settings(temp));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void newOffice() {
        office = new Office(database, folder, "approvals" + TENANT.incrementAndGet(), null);
        recruiter = office.person("Recruiter", "recruiting__recruiter");
        manager = office.person("Manager");
        partner = office.person("Partner", "recruiting__hrbp");
        secondPartner = office.person("Second", "recruiting__hrbp");
        president = office.person("President", "recruiting__hrvp");
    }

    private static void refused(ApprovalError code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<String> kinds(InstanceView view) {
        return view.timeline().stream().map(TimelineEntry::kind).toList();
    }

    private static List<String> states(InstanceView view) {
        return view.steps().stream().map(StepView::state).toList();
    }

    @Test
    void anOfferGoesFromSubmissionToApproval() {
        UUID offer = office.offer(recruiter, manager, 40_000);
        InstanceView submitted = office.submit(recruiter, offer);
        assertThat(submitted.state()).isEqualTo("RUNNING");
        assertThat(submitted.title()).isEqualTo("Offer for Li Na");
        assertThat(states(submitted)).containsExactly("ACTIVE", "WAITING", "WAITING");
        assertThat(submitted.lock().locked()).isTrue();
        assertThat(office.status(offer)).isEqualTo("inApproval");

        office.approvals.approve(manager, office.task(manager), answer("good"));
        office.approvals.approve(partner, office.task(partner), answer(null));
        office.approvals.approve(secondPartner, office.task(secondPartner), answer(null));
        InstanceView done = office.approvals.approve(president, office.task(president), answer("fine"));

        assertThat(done.state()).isEqualTo("APPROVED");
        assertThat(states(done)).containsExactly("PASSED", "PASSED", "PASSED");
        assertThat(kinds(done))
                .containsExactly(
                        "SUBMITTED",
                        "ACTIVATED",
                        "APPROVED",
                        "ACTIVATED",
                        "APPROVED",
                        "APPROVED",
                        "ACTIVATED",
                        "APPROVED",
                        "INSTANCE_APPROVED");
        assertThat(done.timeline().get(2).comment()).isEqualTo("good");
        assertThat(done.timeline().get(2).actor().name()).isEqualTo("Manager");
        assertThat(office.status(offer)).isEqualTo("approved");
        assertThat(office.holds.on(office.tenant, List.of(new RecordKey("recruiting__Offer", offer))))
                .isEmpty();
        assertThat(office.store.open(office.tenant, "recruiting__Offer", offer)).isEmpty();
        assertThat(office.store.find(office.tenant, done.id()).orElseThrow().lastHash())
                .hasSize(64);
    }

    @Test
    void whatWaitsForALeaverGoesToWhoTakesOverExceptWhereHeDecidesAlready() {
        Identity heir = office.person("Heir");
        UUID first = office.offer(recruiter, manager, 10_000);
        UUID second = office.offer(recruiter, manager, 10_000);
        office.submit(recruiter, first);
        office.submit(recruiter, second);
        assertThat(office.approvals.handOver(
                        office.platform(), manager.user().id(), heir.user().id()))
                .isEqualTo(new Approvals.HandedOver(2, 0));
        assertThat(office.approvals.todo(manager, null, 10).items()).isEmpty();
        assertThat(office.approvals.todo(heir, null, 10).items()).hasSize(2);
        assertThat(office.approvals.handOver(
                        office.platform(), manager.user().id(), heir.user().id()))
                .isEqualTo(new Approvals.HandedOver(0, 0));

        office.approvals.approve(
                heir, office.approvals.todo(heir, null, 10).items().getFirst().taskId(), answer(null));
        assertThat(office.approvals.handOver(
                        office.platform(),
                        partner.user().id(),
                        secondPartner.user().id()))
                .isEqualTo(new Approvals.HandedOver(0, 1));
        assertThat(office.approvals.todo(partner, null, 10).items()).hasSize(1);
    }

    @Test
    void aStepWhoseConditionDoesNotHoldIsSkipped() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        office.submit(recruiter, offer);
        office.approvals.approve(manager, office.task(manager), answer(null));
        office.approvals.approve(partner, office.task(partner), answer(null));
        InstanceView done = office.approvals.approve(secondPartner, office.task(secondPartner), answer(null));
        assertThat(states(done)).containsExactly("PASSED", "PASSED", "SKIPPED");
        assertThat(done.state()).isEqualTo("APPROVED");
    }

    @Test
    void anOfferIsReturnedChangedAndResubmitted() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        InstanceView submitted = office.submit(recruiter, offer);
        UUID task = office.task(manager);
        refused(ApprovalError.COMMENT_REQUIRED, () -> office.approvals.returnToSubmitter(manager, task, answer(null)));
        InstanceView returned = office.approvals.returnToSubmitter(manager, task, answer("too low"));
        assertThat(returned.state()).isEqualTo("RETURNED");
        assertThat(office.status(offer)).isEqualTo("draft");

        office.as(recruiter).update("recruiting__Offer", offer, Optional.empty(), Map.of("note", "raised"));
        InstanceView again = office.approvals.resubmit(recruiter, submitted.id(), remark("raised"));
        assertThat(again.round()).isEqualTo(2);
        assertThat(again.state()).isEqualTo("RUNNING");
        assertThat(office.approvals.todo(manager, null, 10).items()).hasSize(1);
    }

    @Test
    void aRecordUnderApprovalCannotBeChangedOrDeletedByPeople() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        UUID allowance = office.as(recruiter)
                .create("recruiting__Allowance", Map.of("name", "Car", "offer", offer))
                .id();
        InstanceView submitted = office.submit(recruiter, offer);
        refused(
                ApprovalError.RECORD_LOCKED,
                () -> office.as(recruiter).update("recruiting__Offer", offer, Optional.empty(), Map.of("note", "x")));
        refused(
                ApprovalError.RECORD_DELETE_BLOCKED,
                () -> office.as(recruiter).delete("recruiting__Offer", offer, Optional.empty()));
        refused(
                ApprovalError.RECORD_LOCKED,
                () -> office.as(recruiter)
                        .update("recruiting__Allowance", allowance, Optional.empty(), Map.of("name", "Bus")));
        refused(ApprovalError.RECORD_LOCKED, () -> attach("recruiting__Offer", offer));
        refused(ApprovalError.RECORD_LOCKED, () -> attach("recruiting__Allowance", allowance));
        office.approvals.withdraw(recruiter, submitted.id(), remark(null));
        attach("recruiting__Offer", offer);
        assertThat(office.as(recruiter).attachments("recruiting__Offer", offer)).hasSize(1);
        office.as(recruiter).update("recruiting__Offer", offer, Optional.empty(), Map.of("note", "x"));
        assertThat(office.status(offer)).isEqualTo("draft");
    }

    private void attach(String object, UUID id) {
        office.as(recruiter)
                .attach(object, id, "terms.txt", "text/plain", new ByteArrayInputStream("terms".getBytes(UTF_8)));
    }

    @Test
    void nobodyWritesTheEnginesRecordsNorSeesItsNumbers() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        InstanceView submitted = office.submit(recruiter, offer);
        assertThatThrownBy(() -> office.as(recruiter)
                        .update("sys__ApprovalInstance", submitted.id(), Optional.empty(), Map.of("title", "x")))
                .isInstanceOf(PlatformException.class);
        var events = office.as(recruiter).query(dev.tenon.records.Query.of("sys__ApprovalEvent", 10));
        assertThat(events.rows()).isNotEmpty();
        assertThat(events.rows().getFirst().values()).doesNotContainKeys("seq", "hash", "details");
    }

    @Test
    void theListsShowWhatIsToBeDoneWhatWasDoneAndWhatIsMine() {
        for (int i = 0; i < 5; i++) {
            office.submit(recruiter, office.offer(recruiter, manager, 10_000));
        }
        InboxPage first = office.approvals.todo(manager, null, 2);
        assertThat(first.items()).hasSize(2);
        List<UUID> seen =
                new ArrayList<>(first.items().stream().map(TodoItem::taskId).toList());
        String cursor = first.next();
        while (cursor != null) {
            InboxPage next = office.approvals.todo(manager, cursor, 2);
            seen.addAll(next.items().stream().map(TodoItem::taskId).toList());
            cursor = next.next();
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();

        office.approvals.approve(manager, seen.getFirst(), answer(null));
        assertThat(office.approvals.todo(manager, null, 10).items()).hasSize(4);
        TodoItem decided = office.approvals.done(manager, null, 10).items().getFirst();
        assertThat(decided.decision()).isEqualTo("APPROVE");
        assertThat(decided.submitter().name()).isEqualTo("Recruiter");
        TodoItem mine = office.approvals.mine(recruiter, null, 10).items().getFirst();
        assertThat(mine.stepKey()).isEqualTo("hrbp");
        assertThat(mine.stepLabel()).isEqualTo("HR business partner");
        refused(ApprovalError.CURSOR_INVALID, () -> office.approvals.todo(manager, "xx", 10));
    }

    @Test
    void whatCanBeDoneIsOfferedToWhomItConcerns() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        RecordApprovalView before = office.approvals.ofRecord(recruiter, "recruiting__Offer", offer);
        assertThat(before.submit().getFirst().available()).isTrue();
        InstanceView submitted = office.submit(recruiter, offer);
        assertThat(names(submitted)).containsExactlyInAnyOrder("withdraw", "comment");
        assertThat(names(office.approvals.instance(manager, submitted.id())))
                .containsExactlyInAnyOrder("approve", "reject", "return", "comment");
        RecordApprovalView after = office.approvals.ofRecord(recruiter, "recruiting__Offer", offer);
        assertThat(after.submit().getFirst().reason()).isEqualTo("approval.active-instance-exists");
        assertThat(after.lock().locked()).isTrue();
        refused(ApprovalError.NOT_FOUND, () -> office.approvals.instance(president, submitted.id()));
    }

    private static List<String> names(InstanceView view) {
        return view.actions().stream()
                .filter(ActionView::available)
                .map(ActionView::name)
                .toList();
    }

    @Test
    void whoeverMayNotSubmitIsToldAndTheEntryConditionCounts() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        refused(ApprovalError.NOT_FOUND, () -> office.submit(partner, offer));
        office.as(recruiter).update("recruiting__Offer", offer, Optional.empty(), Map.of("status", "approved"));
        refused(ApprovalError.ENTRY_CONDITION_FALSE, () -> office.submit(recruiter, offer));
    }

    @Test
    void anApprovalThatFindsNobodyStopsUntilAnAdministratorRetries() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        office.leaves(manager);
        InstanceView stopped = office.submit(recruiter, offer);
        assertThat(stopped.state()).isEqualTo("FAULTED");
        assertThat(states(stopped)).containsExactly("BLOCKED", "WAITING", "WAITING");

        Identity admin = office.person("Admin", "recruiting__approvalAdmin");
        Identity newManager = office.person("New");
        refused(ApprovalError.NOT_ALLOWED, () -> office.approvals.retry(recruiter, stopped.id(), remark(null)));
        UUID position = (UUID) office.as(office.platform())
                .find("recruiting__Offer", offer, dev.tenon.records.Query.Selection.ALL)
                .orElseThrow()
                .values()
                .get("position");
        office.as(office.platform())
                .update(
                        "recruiting__Position",
                        position,
                        Optional.empty(),
                        Map.of("hiringManager", newManager.user().id()));
        assertThat(office.approvals.retry(admin, stopped.id(), remark(null)).state())
                .isEqualTo("RUNNING");
        assertThat(office.approvals.todo(newManager, null, 10).items()).hasSize(1);
    }

    @Test
    void aCommandThatArrivesAgainTakesNoSecondEffect() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        String commandId = Office.id();
        InstanceView first = office.approvals.submit(recruiter, "recruiting__offer_approval", offer, commandId, null);
        InstanceView second = office.approvals.submit(recruiter, "recruiting__offer_approval", offer, commandId, null);
        assertThat(second.id()).isEqualTo(first.id());

        UUID task = office.task(manager);
        Answer once = answer("ok");
        office.approvals.approve(manager, task, once);
        assertThat(kinds(office.approvals.approve(manager, task, once))).containsOnlyOnce("APPROVED");
        assertThat(kinds(office.approvals.approve(manager, task, answer("ok")))).containsOnlyOnce("APPROVED");
        refused(ApprovalError.TASK_ALREADY_DECIDED, () -> office.approvals.reject(manager, task, answer("no")));
    }

    @Test
    void twoApproversAtTheSameInstantBothCountAndTheStepAdvancesOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            UUID offer = office.offer(recruiter, manager, 40_000);
            InstanceView submitted = office.submit(recruiter, offer);
            office.approvals.approve(manager, office.task(manager), answer(null));
            UUID one = office.task(partner);
            UUID two = office.task(secondPartner);
            List<Object> results = together(
                    () -> office.approvals.approve(partner, one, answer(null)),
                    () -> office.approvals.approve(secondPartner, two, answer(null)));
            assertThat(results).allMatch(InstanceView.class::isInstance);
            InstanceView view = office.approvals.instance(president, submitted.id());
            assertThat(states(view)).containsExactly("PASSED", "PASSED", "ACTIVE");
            office.approvals.approve(president, office.task(president), answer(null));
        }
    }

    @Test
    void aDoubleClickIsOneVote() throws Exception {
        UUID offer = office.offer(recruiter, manager, 10_000);
        InstanceView submitted = office.submit(recruiter, offer);
        UUID task = office.task(manager);
        Answer same = answer(null);
        List<Object> results = together(
                () -> office.approvals.approve(manager, task, same),
                () -> office.approvals.approve(manager, task, same),
                () -> office.approvals.approve(manager, task, answer(null)));
        assertThat(results).allMatch(InstanceView.class::isInstance);
        assertThat(kinds(office.approvals.instance(manager, submitted.id()))).containsOnlyOnce("APPROVED");
    }

    @Test
    void approvingAndRejectingAtOnceCountsExactlyOnce() throws Exception {
        UUID offer = office.offer(recruiter, manager, 10_000);
        office.submit(recruiter, offer);
        UUID task = office.task(manager);
        List<Object> results = together(
                () -> office.approvals.approve(manager, task, answer(null)),
                () -> office.approvals.reject(manager, task, answer(null)));
        assertThat(codes(results)).containsExactly(ApprovalError.TASK_ALREADY_DECIDED);
    }

    @Test
    void whenWithdrawalMeetsTheLastApprovalExactlyOneWins() throws Exception {
        for (int i = 0; i < 5; i++) {
            UUID offer = office.offer(recruiter, manager, 10_000);
            InstanceView submitted = office.submit(recruiter, offer);
            office.approvals.approve(manager, office.task(manager), answer(null));
            office.approvals.approve(partner, office.task(partner), answer(null));
            UUID last = office.task(secondPartner);
            List<Object> results = together(
                    () -> office.approvals.approve(secondPartner, last, answer(null)),
                    () -> office.approvals.withdraw(recruiter, submitted.id(), remark(null)));
            assertThat(codes(results)).containsExactly(ApprovalError.WRONG_STATE);
            String state = office.approvals.instance(recruiter, submitted.id()).state();
            assertThat(office.status(offer)).isEqualTo(state.equals("APPROVED") ? "approved" : "draft");
        }
    }

    @Test
    void ofTwoSubmissionsAtOnceOneStartsAnApproval() throws Exception {
        for (int i = 0; i < 5; i++) {
            UUID offer = office.offer(recruiter, manager, 10_000);
            List<Object> results =
                    together(() -> office.submit(recruiter, offer), () -> office.submit(recruiter, offer));
            assertThat(codes(results)).containsExactly(ApprovalError.ACTIVE_INSTANCE_EXISTS);
            String same = Office.id();
            UUID other = office.offer(recruiter, manager, 10_000);
            List<Object> clicks = together(
                    () -> office.approvals.submit(recruiter, "recruiting__offer_approval", other, same, null),
                    () -> office.approvals.submit(recruiter, "recruiting__offer_approval", other, same, null));
            assertThat(clicks).allMatch(InstanceView.class::isInstance);
            assertThat(clicks.stream().map(v -> ((InstanceView) v).id()).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void anApprovalStaysOnTheDefinitionItStartedWith() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        InstanceView submitted = office.submit(recruiter, offer);
        String pinned = office.store
                .find(office.tenant, submitted.id())
                .orElseThrow()
                .state()
                .instance()
                .definition();
        assertThat(office.store.definition(office.tenant, pinned).orElseThrow())
                .contains("recruiting__offer_approval")
                .contains("录用审批");
    }

    private static Map<String, byte[]> withoutHrbp() {
        Map<String, byte[]> next = new java.util.LinkedHashMap<>(OfferPackage.product());
        next.computeIfPresent(
                "approvals/offer_approval.yaml",
                (path, bytes) -> new String(bytes, UTF_8)
                        .lines()
                        .filter(line -> !line.strip().startsWith("hrbp:"))
                        .collect(java.util.stream.Collectors.joining("\n"))
                        .getBytes(UTF_8));
        return next;
    }

    @Test
    void whatIsSubmittedUnderAModelThatAnotherNodeHasReplacedGoesTheNewWay() {
        UUID offer = office.offer(recruiter, manager, 10_000);
        office.publishElsewhere(withoutHrbp());

        InstanceView started = office.submit(recruiter, offer);

        assertThat(states(started)).containsExactly("ACTIVE", "WAITING");
    }

    @Test
    void aDecisionOverABoundaryOfModelsIsMadeWithTheNewOne() {
        InstanceView started = office.submit(recruiter, office.offer(recruiter, manager, 10_000));
        office.publishElsewhere(withoutHrbp());

        office.approvals.approve(manager, office.task(manager), answer(null));

        assertThat(office.model().version()).isEqualTo(2);
        assertThat(states(office.approvals.instance(recruiter, started.id())))
                .containsExactly("PASSED", "ACTIVE", "WAITING");
    }

    @Test
    void aNewDefinitionCountsForWhatIsSubmittedAfterwards() {
        UUID running = office.offer(recruiter, manager, 10_000);
        InstanceView old = office.submit(recruiter, running);
        office.publish(withoutHrbp());

        UUID fresh = office.offer(recruiter, manager, 10_000);
        InstanceView started = office.submit(recruiter, fresh);
        assertThat(states(started)).containsExactly("ACTIVE", "WAITING");
        office.approvals.approve(manager, office.task(manager), answer(null));
        InstanceView approved = office.approvals.instance(recruiter, started.id());
        assertThat(approved.state()).isEqualTo("APPROVED");

        office.approvals.approve(manager, office.task(manager), answer(null));
        assertThat(states(office.approvals.instance(recruiter, old.id())))
                .containsExactly("PASSED", "ACTIVE", "WAITING");
    }

    private static List<Object> codes(List<Object> results) {
        return results.stream()
                .filter(PlatformException.class::isInstance)
                .map(e -> (Object) ((PlatformException) e).code())
                .toList();
    }

    /** Runs all at one instant; what each returned or threw. */
    @SafeVarargs
    private static List<Object> together(Callable<Object>... calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.length);
        List<Object> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Object>> futures = new ArrayList<>();
            for (Callable<Object> call : calls) {
                futures.add(pool.submit(() -> {
                    start.await();
                    try {
                        return call.call();
                    } catch (PlatformException refused) {
                        return refused;
                    }
                }));
            }
            for (Future<Object> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }
}
