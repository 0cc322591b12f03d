package dev.tenon.web.data;

import dev.tenon.web.model.VisibleModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The addresses of the data API that belong to no object: batches, the caller himself, his tenant. */
final class OpenApiService {

    private static final String USERS = "sys__User";

    private OpenApiService() {}

    static Map<String, Object> paths(VisibleModel visible) {
        Map<String, Object> paths = new LinkedHashMap<>();
        paths.put("/odata/$batch", Map.of("post", batch()));
        if (visible.objects().containsKey(USERS)) {
            paths.put("/odata/Me", Map.of("get", read("read_Me", OpenApi.ref(USERS))));
        }
        Map<String, Object> tenant = object(Map.of("key", text(), "name", text()));
        paths.put("/odata/Tenant", Map.of("get", read("read_Tenant", tenant)));
        paths.put("/api/files/{object}/{field}", Map.of("post", upload()));
        paths.put("/api/files/{id}", Map.of("get", download()));
        return paths;
    }

    /** The value of a file field; a save needs only the id of an upload. */
    static Map<String, Object> file() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", Map.of("type", "string", "format", "uuid"));
        for (String name : List.of("name", "type", "href")) {
            properties.put(name, Map.of("type", "string", "readOnly", true));
        }
        for (String name : List.of("size", "width", "height")) {
            properties.put(name, Map.of("type", "integer", "readOnly", true));
        }
        Map<String, Object> file = new LinkedHashMap<>(object(properties));
        file.put("required", List.of("id"));
        return file;
    }

    private static Map<String, Object> upload() {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "upload");
        operation.put("parameters", List.of(inPath("object"), inPath("field")));
        Map<String, Object> part = object(Map.of("file", Map.of("type", "string", "format", "binary")));
        operation.put(
                "requestBody",
                Map.of("required", true, "content", Map.of("multipart/form-data", Map.of("schema", part))));
        operation.put("responses", OpenApi.responses(Map.of("201", OpenApi.answer(OpenApi.ref("File")))));
        return operation;
    }

    private static Map<String, Object> download() {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "download");
        operation.put("parameters", List.of(inPath("id")));
        operation.put(
                "responses",
                OpenApi.responses(Map.of(
                        "200",
                        Map.of(
                                "description",
                                "The content",
                                "content",
                                Map.of("application/octet-stream", Map.of())))));
        return operation;
    }

    private static Map<String, Object> inPath(String name) {
        return Map.of("name", name, "in", "path", "required", true, "schema", text());
    }

    /** What an action answers. */
    static Map<String, Object> actionAnswer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", Map.of("type", List.of("string", "null")));
        answer.put("values", Map.of("type", "object", "additionalProperties", true));
        return object(answer);
    }

    private static Map<String, Object> read(String id, Map<String, Object> schema) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", id);
        operation.put("responses", OpenApi.responses(Map.of("200", OpenApi.answer(schema))));
        return operation;
    }

    private static Map<String, Object> batch() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", text());
        request.put("method", Map.of("type", "string", "enum", List.of("get", "post", "patch", "delete")));
        request.put("url", text());
        request.put("atomicityGroup", text());
        request.put("dependsOn", list(text()));
        request.put("if", text());
        request.put("headers", headers());
        request.put("body", Map.of("type", "object", "additionalProperties", true));
        Map<String, Object> needed = new LinkedHashMap<>(object(request));
        needed.put("required", List.of("id", "method", "url"));
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("id", text());
        response.put("atomicityGroup", text());
        response.put("status", Map.of("type", "integer"));
        response.put("headers", headers());
        response.put("body", Map.of());
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", "batch");
        operation.put("requestBody", OpenApi.body(object(Map.of("requests", list(needed)))));
        Map<String, Object> answers = object(Map.of("responses", list(object(response))));
        operation.put("responses", OpenApi.responses(Map.of("200", OpenApi.answer(answers))));
        return operation;
    }

    private static Map<String, Object> text() {
        return Map.of("type", "string");
    }

    private static Map<String, Object> headers() {
        return Map.of("type", "object", "additionalProperties", text());
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        return Map.of("type", "object", "properties", properties);
    }
}
