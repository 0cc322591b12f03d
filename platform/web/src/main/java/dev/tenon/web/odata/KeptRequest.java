package dev.tenon.web.odata;

import dev.tenon.automation.AsyncRequests.Request;
import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose connection is gone. */
final class KeptRequest implements ODataRequest {

    private final Request request;
    private final byte[] body;

    KeptRequest(Request request, byte[] body) {
        this.request = request;
        this.body = body.clone();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String root() {
        return request.root();
    }

    @Override
    public boolean empty() {
        return body.length == 0;
    }

    @Override
    public Map<String, @Nullable Object> members() {
        return BodyReader.members(new ByteArrayInputStream(body));
    }
}
