package dev.tenon.web.data;

import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.web.model.VisibleObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Actions and functions in the description of the data API. */
final class OpenApiCalls {

    private final OpenApi api;
    private final Locale locale;

    OpenApiCalls(OpenApi api, Locale locale) {
        this.api = api;
        this.locale = locale;
    }

    void add(Map<String, Object> paths, VisibleObject object, Action action, String label) {
        String path = "/odata/" + object.name() + "({id})/Tenon." + action.name();
        if (action.function()) {
            String told = action.parameters().stream()
                    .map(p -> p.name() + "={" + p.name() + "}")
                    .collect(Collectors.joining(","));
            paths.put(path + "(" + told + ")", function(object, action, label));
        } else {
            paths.put(path, action(object, action, label));
        }
    }

    private Map<String, Object> action(VisibleObject object, Action action, String label) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field parameter : action.parameters()) {
            properties.put(parameter.name(), api.schema(parameter));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("type", "object");
        sent.put("properties", properties);
        sent.put("additionalProperties", false);
        if (!required.isEmpty()) {
            sent.put("required", required);
        }
        Map<String, Object> post = OpenApi.operation(
                object,
                "run_" + action.name(),
                label,
                List.of(),
                null,
                Map.of("200", OpenApi.answer(OpenApiService.actionAnswer())));
        post.put("summary", action.label().in(locale));
        post.put("requestBody", OpenApi.body(sent));
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("parameters", List.of(OpenApi.id()));
        run.put("post", post);
        return run;
    }

    /** Constants as addresses have them: texts in quotes. */
    private Map<String, Object> function(VisibleObject object, Action function, String label) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        parameters.add(OpenApi.id());
        for (Field parameter : function.parameters()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", parameter.name());
            described.put("in", "path");
            described.put("required", true);
            described.put("description", parameter.label().in(locale));
            described.put("schema", Map.of("type", "string"));
            parameters.add(described);
        }
        Map<String, Object> answer =
                Map.of("type", "object", "properties", Map.of("value", api.schema(function.answer())));
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("200", OpenApi.answer(answer));
        answers.put("204", Map.of("description", "No value"));
        Map<String, Object> get = OpenApi.operation(object, "call_" + function.name(), label, List.of(), null, answers);
        get.put("summary", function.label().in(locale));
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("parameters", parameters);
        call.put("get", get);
        return call;
    }
}
