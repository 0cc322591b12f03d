package dev.tenon.samples.demo;

import dev.tenon.access.Identity;
import dev.tenon.approval.Answer;
import dev.tenon.approval.Remark;
import dev.tenon.approval.view.ApproverView;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.StepView;
import dev.tenon.approval.view.TodoItem;
import dev.tenon.samples.recruiting.DemoData.Fate;
import dev.tenon.samples.recruiting.DemoData.OfferPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Plays the approvals of the generated offers: every command as the person who would give it. */
final class DemoApprovals {

    private static final String PROCESS = "recruiting__offer_approval";
    private static final int MOST_STEPS = 10;
    private static final int NEWEST = 20;

    private final DemoSetup.Platform platform;
    private final Identity system;
    private final DemoSetup.Progress progress;

    DemoApprovals(DemoSetup.Platform platform, Identity system, DemoSetup.Progress progress) {
        this.platform = platform;
        this.system = system;
        this.progress = progress;
    }

    /** In two rows at once, as people do: the one who waits is not the only one who works. */
    void play(List<OfferPlan> plans) {
        int half = plans.size() / 2;
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> rows = List.of(
                    workers.submit(() -> playAll(plans.subList(0, half), done, plans.size())),
                    workers.submit(() -> playAll(plans.subList(half, plans.size()), done, plans.size())));
            for (Future<?> row : rows) {
                row.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the approvals could not be played", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void playAll(List<OfferPlan> plans, AtomicInteger done, int all) {
        for (OfferPlan plan : plans) {
            play(plan);
            int played = done.incrementAndGet();
            if (played % 20 == 0 || played == all) {
                progress.at(system.tenant(), PROCESS, played, all);
            }
        }
    }

    private void play(OfferPlan plan) {
        if (plan.fate() == Fate.DRAFT) {
            return;
        }
        Identity recruiter = identity(plan.recruiter());
        InstanceView instance = platform.approvals().submit(recruiter, PROCESS, plan.offer(), command(), null);
        switch (plan.fate()) {
            case DRAFT, AT_FIRST_STEP -> {
                // Left as it is.
            }
            case AT_SECOND_STEP -> decide(instance, "approve", plan.comment());
            case APPROVED -> approveToTheEnd(instance, plan.comment());
            case REJECTED -> decide(instance, "reject", plan.comment());
            case RETURNED -> decide(instance, "return", plan.comment());
            case WITHDRAWN -> platform.approvals().withdraw(recruiter, instance.id(), new Remark(command(), null));
        }
    }

    private void approveToTheEnd(InstanceView first, String comment) {
        InstanceView instance = first;
        for (int step = 0; step < MOST_STEPS && instance.state().equals("RUNNING"); step++) {
            instance = decide(instance, "approve", step == 0 ? comment : null);
        }
    }

    /** Whoever is asked first decides; where the last one may not see who that is, an administrator looks it up. */
    private InstanceView decide(InstanceView seen, String action, @Nullable String comment) {
        UUID approver = asked(seen)
                .or(() -> asked(platform.approvals().instance(system, seen.id())))
                .orElseThrow(() -> new IllegalStateException("nobody is asked at " + seen.title()));
        Identity who = identity(approver);
        TodoItem task = platform.approvals().todo(who, null, NEWEST).items().stream()
                .filter(item -> item.instanceId().equals(seen.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing to decide at " + seen.title()));
        UUID id = Objects.requireNonNull(task.taskId());
        Answer answer = new Answer(command(), task.taskVersion(), comment);
        return switch (action) {
            case "approve" -> platform.approvals().approve(who, id, answer);
            case "reject" -> platform.approvals().reject(who, id, answer);
            default -> platform.approvals().returnToSubmitter(who, id, answer);
        };
    }

    private static Optional<UUID> asked(InstanceView instance) {
        return instance.steps().stream()
                .filter(step -> step.state().equals("ACTIVE"))
                .map(StepView::approvers)
                .flatMap(List::stream)
                .filter(a -> "PENDING".equals(a.state()))
                .map(DemoApprovals::userOf)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<UUID> userOf(ApproverView approver) {
        return Optional.ofNullable(approver.user()).map(user -> user.id());
    }

    private Identity identity(UUID user) {
        return platform.users().identity(system.tenant(), user).orElseThrow();
    }

    private static String command() {
        return UUID.randomUUID().toString();
    }
}
