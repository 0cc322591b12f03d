package dev.tenon.tenancy.port;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.ModelCompiler.Problem;
import java.util.List;

/** Looks at the code behind a model before the model is published: that it compiles and that every handler is there. */
public interface CodeChecks {

    /**
     * Everything that is wrong: scripts that do not compile ({@code tenancy.script-syntax}), handlers that no script
     * exports and no started plugin contributes ({@code tenancy.handler-missing}).
     */
    List<Problem> check(Model model);

    /** Whether one script compiles, before it is part of any model. */
    List<Problem> checkScript(String origin, String path, String source);
}
