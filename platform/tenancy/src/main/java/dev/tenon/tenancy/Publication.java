package dev.tenon.tenancy;

import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What became of a change to a tenant's model: everything is in force, or nothing is and all problems are told. */
public sealed interface Publication {

    /**
     * The model is in force, or would be after a dry run.
     *
     * @param modelVersion the version in force now
     */
    record Published(long modelVersion) implements Publication {}

    /**
     * Large tables have to be changed first, which goes on in the background; the model comes in force when they are.
     *
     * @param change to ask {@link Customizing#schemaChanges} for
     */
    record Started(UUID change) implements Publication {}

    /** Nothing was changed. */
    record Refused(List<Problem> problems) implements Publication {
        public Refused {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a refusal names at least one problem");
            }
        }

        /** {@code tenancy.model-refused} with every problem as a detail. */
        public PlatformException exception() {
            PlatformException.Builder error = TenancyError.MODEL_REFUSED.error().with("count", problems.size());
            problems.forEach(p -> error.detail(placed(p)));
            return error.at(problems.getFirst().source()).build();
        }
    }

    /** The detail with file and line among its values, as error bodies tell them. */
    private static ErrorDetail placed(Problem problem) {
        ErrorDetail detail = problem.detail();
        ErrorSource source = problem.source();
        if (source.file().isEmpty()) {
            return detail;
        }
        Map<String, Object> args = new TreeMap<>(detail.args());
        args.putIfAbsent("origin", source.origin());
        args.putIfAbsent("file", source.file());
        args.putIfAbsent("line", source.line());
        args.putIfAbsent("column", source.column());
        return new ErrorDetail(detail.code(), detail.pointer(), args);
    }

    /** The version, or {@code tenancy.model-refused} with every problem as a detail; not for one that only started. */
    default long orThrow() {
        return switch (this) {
            case Published published -> published.modelVersion();
            case Refused refused -> throw refused.exception();
            case Started started -> throw new IllegalStateException("there is no version yet: " + started);
        };
    }
}
