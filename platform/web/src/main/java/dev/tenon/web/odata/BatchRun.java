package dev.tenon.web.odata;

import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.errors.Problems;
import dev.tenon.web.errors.WebError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Does the requests of one batch, in their order: those of a group in one transaction, each other by itself. */
final class BatchRun {

    /** Without it all is done that does not depend on what failed, as the JSON format of OData has it. */
    private static final Pattern STOP = Pattern.compile("(?:odata\\.)?continue-on-error\\s*=\\s*\"?false\"?");

    private final RecordSession session;
    private final DataRequests requests;
    private final ODataRequest batch;
    private final Locale locale;
    private final boolean showSource;
    private final BatchReferences references;

    /** @param showSource whether the caller may see the files behind errors */
    BatchRun(RecordSession session, DataRequests requests, ODataRequest batch, Locale locale, boolean showSource) {
        this.session = session;
        this.requests = requests;
        this.batch = batch;
        this.locale = locale;
        this.showSource = showSource;
        this.references = new BatchReferences(requests.visible(session));
    }

    /** @param told takes the answers as they come, those of a group after its end */
    void run(List<BatchRequest> all, Consumer<BatchAnswer> told) {
        String prefer = batch.header("Prefer");
        boolean stops = prefer != null && STOP.matcher(prefer).find();
        boolean failed = false;
        for (List<BatchRequest> unit : BatchRequest.units(all)) {
            List<BatchAnswer> answers = failed && stops
                    ? refused(unit, WebError.ODATA_BATCH_STOPPED.error().build())
                    : unit.getFirst().group().isPresent() ? group(unit) : single(unit.getFirst());
            for (BatchAnswer answer : answers) {
                references.keep(answer);
                failed |= !answer.succeeded();
                told.accept(answer);
            }
        }
    }

    private List<BatchAnswer> single(BatchRequest request) {
        try {
            return List.of(done(request));
        } catch (RuntimeException refused) {
            return List.of(refused(request, refused));
        }
    }

    private BatchAnswer done(BatchRequest request) {
        references.requireDue(request);
        return BatchAnswer.of(request, requests.answer(session, references.part(request, batch)));
    }

    private List<BatchAnswer> group(List<BatchRequest> group) {
        AtomicInteger at = new AtomicInteger();
        try {
            return session.inTransaction(() -> {
                references.drop(group);
                List<BatchAnswer> answers = new ArrayList<>();
                for (int i = 0; i < group.size(); i++) {
                    at.set(i);
                    BatchAnswer answer = done(group.get(i));
                    references.keep(answer);
                    answers.add(answer);
                }
                at.set(group.size());
                return answers;
            });
        } catch (RuntimeException refused) {
            references.drop(group);
            // Where the end of the transaction failed, it failed for all.
            return at.get() == group.size() ? refused(group, refused) : rolledBack(group, at.get(), refused);
        }
    }

    private List<BatchAnswer> rolledBack(List<BatchRequest> group, int culprit, RuntimeException refused) {
        PlatformException others = WebError.ODATA_BATCH_ROLLED_BACK
                .error()
                .with("id", group.get(culprit).id())
                .build();
        List<BatchAnswer> answers = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            answers.add(refused(group.get(i), i == culprit ? refused : others));
        }
        return answers;
    }

    private List<BatchAnswer> refused(List<BatchRequest> unit, RuntimeException why) {
        return unit.stream().map(request -> refused(request, why)).toList();
    }

    private BatchAnswer refused(BatchRequest request, RuntimeException why) {
        return BatchAnswer.of(request, Problems.of(why, locale, showSource, true));
    }
}
