package dev.tenon.tenancy;

import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;

/** What became of a change to a tenant's model: everything is in force, or nothing is and all problems are told. */
public sealed interface Publication {

    /**
     * The model is in force, or would be after a dry run.
     *
     * @param modelVersion the version in force now
     */
    record Published(long modelVersion) implements Publication {}

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
            problems.forEach(p -> error.detail(p.detail()));
            return error.at(problems.getFirst().source()).build();
        }
    }

    /** The version, or {@code tenancy.model-refused} with every problem as a detail. */
    default long orThrow() {
        return switch (this) {
            case Published published -> published.modelVersion();
            case Refused refused -> throw refused.exception();
        };
    }
}
