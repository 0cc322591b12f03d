package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.records.LockState.Seen;
import dev.tenon.records.Query;
import dev.tenon.records.RecordKey;
import dev.tenon.records.RecordsError;
import dev.tenon.records.SetLock;
import dev.tenon.sdk.error.PlatformException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import java.util.UUID;

/** Tells of locks within the rights of who is told. */
final class LockWords {

    private static final String PERSON = "sys__User";

    private final Viewpoint viewpoint;
    private final QueryRunner queries;

    LockWords(Viewpoint viewpoint, QueryRunner queries) {
        this.viewpoint = viewpoint;
        this.queries = queries;
    }

    /**
     * The refusal of a change.
     *
     * @param itself whether the record was to be changed, or a part of it: whoever may change the part need not see the
     *     whole, and then is told nothing of it but that it is locked
     */
    PlatformException refused(RecordKey record, SetLock lock, boolean itself) {
        if (itself) {
            return told(RecordsError.LOCKED.error(), Optional.of(lock)).build();
        }
        boolean seen = sees(record);
        return told(RecordsError.LOCKED_WITH_WHOLE.error(), Optional.of(lock).filter(l -> seen))
                .with(
                        "whole",
                        seen
                                ? viewpoint
                                        .type(record.object())
                                        .label()
                                        .in(viewpoint.identity().user().locale())
                                : "")
                .build();
    }

    /** The refusal of a second lock. */
    PlatformException already(SetLock lock) {
        return told(RecordsError.ALREADY_LOCKED.error(), Optional.of(lock)).build();
    }

    private PlatformException.Builder told(PlatformException.Builder error, Optional<SetLock> lock) {
        return error.with("who", lock.flatMap(l -> name(l.by())).orElse(""))
                .with("at", lock.map(l -> time(l.at())).orElse(""))
                .with("reason", lock.flatMap(SetLock::reason).orElse(""));
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(viewpoint.identity().user().locale())
                .format(at.atZone(viewpoint.identity().user().zone()));
    }

    private Optional<String> name(UUID person) {
        if (viewpoint.access(PERSON).read().equals(Expr.FALSE)) {
            return Optional.empty();
        }
        String title = viewpoint.type(PERSON).titleField();
        return viewpoint.access(PERSON).mayRead(title)
                ? queries.find(PERSON, person, Query.Selection.of(title))
                        .flatMap(row -> Optional.ofNullable(row.values().get(title)))
                        .map(Object::toString)
                : Optional.empty();
    }

    boolean sees(RecordKey record) {
        return queries.matches(
                record.object(), viewpoint.access(record.object()).read(), record.id());
    }

    Seen seen(RecordKey record, SetLock lock) {
        Optional<UUID> by = Optional.of(lock.by()).filter(person -> sees(new RecordKey(PERSON, person)));
        return new Seen(record, by, lock.at(), lock.reason());
    }
}
