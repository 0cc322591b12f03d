package dev.tenon.web.odata;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of its own. */
final class SingleRequest implements ODataRequest {

    private final HttpServletRequest request;

    /** What was sent can be read once. */
    private @Nullable Map<String, @Nullable Object> members;

    SingleRequest(HttpServletRequest request) {
        this.request = request;
    }

    HttpServletRequest request() {
        return request;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getRequestURI().substring(request.getContextPath().length() + "/odata".length());
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public String root() {
        StringBuffer address = request.getRequestURL();
        address.setLength(address.length() - request.getRequestURI().length());
        return address.append(request.getContextPath()).append("/odata/").toString();
    }

    @Override
    public boolean empty() {
        return request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null);
    }

    @Override
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> read = members;
        if (read == null) {
            try {
                read = BodyReader.members(request.getInputStream());
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            members = read;
        }
        return read;
    }
}
