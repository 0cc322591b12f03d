package dev.tenon.records;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import java.util.List;
import java.util.Optional;

/** Compiles models and tells everything that is wrong with them at once. Safe for use by several threads. */
public interface ModelCompiler {

    /**
     * Compiles with the effort of what has changed.
     *
     * @param before a compiled model that this one shares parts with, mostly the tenant's of before: what means the same in
     *     both is taken from it, and the outcome is the one of a compilation without it
     */
    Outcome compile(Model model, Optional<CompiledModel> before);

    default Outcome compile(Model model) {
        return compile(model, Optional.empty());
    }

    /**
     * A compiler for models that were accepted earlier, for example at start: what has gone since, such as the code behind a
     * handler, must not keep the tenant from working.
     */
    default ModelCompiler inForce() {
        return this;
    }

    /** Either a compiled model or at least one problem. */
    sealed interface Outcome {
        record Compiled(CompiledModel model) implements Outcome {}

        record Refused(List<Problem> problems) implements Outcome {}
    }

    /** A fault with the file and line that cause it. */
    record Problem(ErrorDetail detail, ErrorSource source) {}
}
