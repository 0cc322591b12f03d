package dev.tenon.web.admin;

import dev.tenon.access.Identity;
import dev.tenon.expression.ExpressionCompiler;
import dev.tenon.expression.ExpressionProblem;
import dev.tenon.expression.Scope;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.Suggestions;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.TenantScript;
import dev.tenon.web.errors.WebError;
import dev.tenon.web.security.RequestCaller;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Scripts and expressions while they are being written. */
@RestController
class ScriptController {

    private final RequestCaller caller;
    private final Customizing customizing;
    private final ModelSource models;

    ScriptController(RequestCaller caller, Customizing customizing, ModelSource models) {
        this.caller = caller;
        this.customizing = customizing;
        this.models = models;
    }

    @GetMapping("/api/admin/scripts")
    List<Map<String, @Nullable Object>> list() {
        return customizing.scripts(caller.require(SystemPermission.CUSTOMIZE)).stream()
                .map(script -> describe(script, false))
                .toList();
    }

    @GetMapping("/api/admin/scripts/{origin}/{*path}")
    Map<String, @Nullable Object> one(@PathVariable String origin, @PathVariable String path) {
        return describe(customizing.script(caller.require(SystemPermission.CUSTOMIZE), origin, relative(path)), true);
    }

    record Source(@Nullable String source, @Nullable String comment) {
        String text() {
            if (source == null) {
                throw WebError.PARAMETER_MISSING.error().with("name", "source").build();
            }
            return source;
        }
    }

    @PutMapping("/api/admin/scripts/custom/{*path}")
    Map<String, @Nullable Object> put(@PathVariable String path, @RequestBody Source sent) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        return MetadataController.published(customizing.putScript(
                identity, relative(path), sent.text(), MetadataController.comment(sent.comment())));
    }

    @DeleteMapping("/api/admin/scripts/custom/{*path}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String path) {
        customizing
                .removeScript(caller.require(SystemPermission.CUSTOMIZE), relative(path), Optional.empty())
                .orThrow();
    }

    record Checked(@Nullable String path, @Nullable String source) {}

    @PostMapping("/api/admin/scripts/check")
    Map<String, @Nullable Object> check(@RequestBody Checked sent) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        if (sent.path() == null || sent.source() == null) {
            throw WebError.PARAMETER_MISSING
                    .error()
                    .with("name", sent.path() == null ? "path" : "source")
                    .build();
        }
        Locale locale = caller.locale();
        return problems(customizing.checkScript(identity, sent.path(), sent.source()).stream()
                .map(p -> Refusals.marked(p, locale))
                .toList());
    }

    record Expression(
            @Nullable String object,
            @Nullable String text,
            @Nullable String expected,
            @Nullable String candidatesOf) {}

    @PostMapping("/api/admin/expressions/check")
    Map<String, @Nullable Object> check(@RequestBody Expression sent) {
        Identity identity = caller.require(SystemPermission.CUSTOMIZE);
        Model model = models.current(identity.tenant()).model();
        Scope scope = sent.object() == null
                ? new Scope(model, Optional.empty(), Map.of(), (object, field) -> true)
                : scope(model, known(model, sent.object()), sent.candidatesOf());
        String text = sent.text() == null ? "" : sent.text();
        ExpressionCompiler.Result result = sent.expected() == null
                ? ExpressionCompiler.compile(text, scope)
                : ExpressionCompiler.compile(text, scope, type(sent.expected()));
        return switch (result) {
            case ExpressionCompiler.Result.Compiled _ -> problems(List.of());
            case ExpressionCompiler.Result.Refused refused ->
                problems(refused.problems().stream().map(this::describe).toList());
        };
    }

    /** @param reference the field whose candidates the expression is about; null for none */
    private static Scope scope(Model model, String object, @Nullable String reference) {
        return reference == null ? Scope.of(model, object) : Scope.ofCandidates(model, object, reference);
    }

    private static String known(Model model, String object) {
        if (model.findObject(object).isEmpty()) {
            throw RecordsError.UNKNOWN_OBJECT
                    .error()
                    .with("object", object)
                    .with(
                            "suggestion",
                            Suggestions.nearest(object, model.objects().keySet()))
                    .build();
        }
        return object;
    }

    /** The type by the name that package files use for a field of it. */
    private static ValueType type(String name) {
        return switch (name) {
            case "text", "longText", "richText", "picklist", "multiPicklist", "email", "phone", "url" ->
                ValueType.Simple.TEXT;
            case "integer" -> ValueType.Simple.INTEGER;
            case "decimal", "percent" -> ValueType.Simple.DECIMAL;
            case "boolean" -> ValueType.Simple.BOOLEAN;
            case "date" -> ValueType.Simple.DATE;
            case "dateTime" -> ValueType.Simple.DATE_TIME;
            case "time" -> ValueType.Simple.TIME;
            case "id", "lookup", "masterDetail" -> ValueType.Simple.ID;
            default ->
                throw WebError.PARAMETER_MALFORMED
                        .error()
                        .with("name", "expected")
                        .with("value", name)
                        .with(
                                "expected",
                                Arrays.asList("text", "integer", "decimal", "boolean", "date", "dateTime", "time", "id")
                                        .stream()
                                        .collect(Collectors.joining(", ")))
                        .build();
        };
    }

    private Map<String, @Nullable Object> describe(ExpressionProblem problem) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("line", problem.line());
        entry.put("column", problem.column());
        entry.put(
                "message",
                ErrorTexts.render(problem.detail().code(), problem.detail().args(), caller.locale()));
        entry.put("code", problem.detail().code().id());
        return entry;
    }

    private static Map<String, @Nullable Object> problems(List<Map<String, @Nullable Object>> problems) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("problems", problems);
        return answer;
    }

    private static Map<String, @Nullable Object> describe(TenantScript script, boolean withSource) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("origin", script.origin());
        entry.put("path", script.path());
        if (withSource) {
            entry.put("source", script.source());
        }
        entry.put("editable", script.editable());
        return entry;
    }

    private static String relative(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
