package dev.tenon.web.odata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose address was told in other words. */
record Addressed(ODataRequest request, String path) implements ODataRequest {

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public String root() {
        return request.root();
    }

    @Override
    public boolean empty() {
        return request.empty();
    }

    @Override
    public Map<String, @Nullable Object> members() {
        return request.members();
    }
}
