package dev.tenon.records.internal;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.TriedRows;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of one save share, and, over the saves that its triggers start, the transaction's reader and its first
 * failure.
 */
final class SaveContext {

    /** The first failed save inside of a transaction. */
    private static final class Failure {
        private @Nullable PlatformException first;
    }

    private final Ports ports;
    private final Viewpoint viewpoint;
    private final HistoryEntry.Channel channel;
    private final RowReader reader;
    private final List<String> triggers;
    private final Failure failure;
    private final Set<String> allowedDuplicates;
    private final boolean chunk;
    private final @Nullable TriedRows tried;
    private final QueryRunner queries;
    private final FieldValues fitting;

    private SaveContext(
            Ports ports,
            Viewpoint viewpoint,
            HistoryEntry.Channel channel,
            RowReader reader,
            List<String> triggers,
            Failure failure,
            Set<String> allowedDuplicates,
            boolean chunk,
            @Nullable TriedRows tried) {
        this.ports = ports;
        this.viewpoint = viewpoint;
        this.channel = channel;
        this.reader = reader;
        this.triggers = List.copyOf(triggers);
        this.failure = failure;
        this.allowedDuplicates = Set.copyOf(allowedDuplicates);
        this.chunk = chunk;
        this.tried = tried;
        this.queries = new QueryRunner(viewpoint, ports.store());
        this.fitting = new FieldValues(viewpoint.identity().user().locale());
    }

    /** For a save that no trigger started. */
    static SaveContext outermost(Ports ports, Viewpoint viewpoint, HistoryEntry.Channel channel) {
        return new SaveContext(
                ports,
                viewpoint,
                channel,
                new RowReader(viewpoint, ports.store()),
                List.of(),
                new Failure(),
                Set.of(),
                false,
                null);
    }

    /**
     * For the saves of a trigger's code: in the same transaction, with the rights of the person, also where the outer
     * save is the platform's own.
     */
    SaveContext within(String trigger, HistoryEntry.Channel through) {
        List<String> path = new ArrayList<>(triggers);
        path.add(trigger);
        Identity person = new Identity(
                viewpoint.identity().user(),
                Identity.Kind.USER,
                viewpoint.identity().permissionSets());
        return new SaveContext(
                ports,
                new Viewpoint(
                        viewpoint.compiled(),
                        person,
                        viewpoint.now(),
                        viewpoint.sealed().forCode()),
                through,
                reader,
                path,
                failure,
                allowedDuplicates,
                false,
                null);
    }

    /** The same with duplicates of these rules allowed, also for the saves of triggers. */
    SaveContext allowing(Set<String> rules) {
        return new SaveContext(ports, viewpoint, channel, reader, triggers, failure, rules, chunk, tried);
    }

    /** For rows of a dry run. */
    SaveContext trying(@Nullable TriedRows rows) {
        return new SaveContext(ports, viewpoint, channel, reader, triggers, failure, allowedDuplicates, chunk, rows);
    }

    /** For the saves of records that are written together. */
    SaveContext inChunk() {
        return new SaveContext(ports, viewpoint, channel, reader, triggers, failure, allowedDuplicates, true, tried);
    }

    /** Duplicate rules whose warning the saver has seen and passed over. */
    Set<String> allowedDuplicates() {
        return allowedDuplicates;
    }

    /** What the rows before have tried; absent where this is no dry run. */
    Optional<TriedRows> tried() {
        return Optional.ofNullable(tried);
    }

    /** Whether records wait for each other to be written. */
    boolean chunk() {
        return chunk;
    }

    Ports ports() {
        return ports;
    }

    Viewpoint viewpoint() {
        return viewpoint;
    }

    HistoryEntry.Channel channel() {
        return channel;
    }

    RowReader reader() {
        return reader;
    }

    QueryRunner queries() {
        return queries;
    }

    FieldValues fitting() {
        return fitting;
    }

    /** Triggers that are running, outermost first. */
    List<String> triggers() {
        return triggers;
    }

    boolean nested() {
        return !triggers.isEmpty();
    }

    ObjectPlan plan(String object) {
        return viewpoint.compiled().plan(object);
    }

    /** A save failed: what it wrote must not stay, even where the trigger's code caught the exception. */
    PlatformException fail(PlatformException why) {
        if (failure.first == null) {
            failure.first = why;
        }
        return why;
    }

    /** Throws the failure of a save that a trigger's code passed over. */
    void refuseAfterFailure() {
        if (failure.first != null) {
            throw failure.first;
        }
    }
}
