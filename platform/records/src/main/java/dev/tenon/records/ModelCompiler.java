package dev.tenon.records;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import java.util.List;

/** Compiles models and tells everything that is wrong with them at once. Safe for use by several threads. */
public interface ModelCompiler {

    Outcome compile(Model model);

    /**
     * Compiles a model whose content is that of another one, which was compiled before: the two may share what does not
     * depend on the tenant.
     */
    default Outcome compile(Model model, CompiledModel same) {
        return compile(model);
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
