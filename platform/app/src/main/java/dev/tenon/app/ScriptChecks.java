package dev.tenon.app;

import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.script.ScriptCheck;
import dev.tenon.script.ScriptEngine;
import dev.tenon.script.ScriptModules;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.port.CodeChecks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at scripts before a model with them is published. That handlers exist, the model's compiler checks. */
final class ScriptChecks implements CodeChecks {

    /** Checks are kept by the content of all files of the origin, since a file may import others. */
    private static final int MOST_KEPT = 2_000;

    private final ScriptEngine engine;
    private final ModelScripts modules;
    private final Map<String, List<Problem>> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Problem>> eldest) {
            return size() > MOST_KEPT;
        }
    });

    ScriptChecks(ScriptEngine engine, ModelScripts modules) {
        this.engine = engine;
        this.modules = modules;
    }

    @Override
    public List<Problem> check(Model model) {
        List<Problem> problems = new ArrayList<>();
        for (ScriptFile script : model.scripts().values()) {
            ScriptModules files = modules.of(model, script.origin());
            String key = files.hash() + " " + script.path();
            List<Problem> found = known.get(key);
            if (found == null) {
                found = problems(model.tenant(), files, script.path());
                known.put(key, found);
            }
            problems.addAll(found);
        }
        return problems;
    }

    @Override
    public List<Problem> checkScript(String origin, String path, String source) {
        return problems("", new ScriptModules(origin, Map.of(path, source)), path);
    }

    private List<Problem> problems(String tenant, ScriptModules files, String path) {
        ScriptCheck check = engine.check(tenant, files, path);
        return check.problems().stream()
                .map(p -> new Problem(
                        new ErrorDetail(
                                TenancyError.SCRIPT_SYNTAX, "", Map.of("file", p.file(), "message", p.message())),
                        new ErrorSource(files.origin(), p.file(), p.line(), p.column())))
                .toList();
    }
}
