package dev.tenon.web.system;

import dev.tenon.sdk.error.PlatformException;
import dev.tenon.web.WebSettings;
import dev.tenon.web.errors.ProblemWriter;
import dev.tenon.web.errors.WebError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses request bodies beyond what a row, a script or a set of changes can need. Uploads have their own bound. */
@Component
@Order(0)
final class BodyLimit extends OncePerRequestFilter {

    private final DataSize limit;
    private final ProblemWriter problems;

    BodyLimit(WebSettings settings, ProblemWriter problems) {
        this.limit = settings.maxBody();
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith("multipart/form-data");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit.toBytes()) {
            problems.write(tooLarge(), request, response);
            return;
        }
        chain.doFilter(new Bounded(request), response);
    }

    private PlatformException tooLarge() {
        return WebError.TOO_LARGE
                .error()
                .with("limit", limit.toMegabytes() + " MB")
                .build();
    }

    private final class Bounded extends HttpServletRequestWrapper {

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream inner = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int next = inner.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int some = inner.read(into, offset, length);
                    count(Math.max(some, 0));
                    return some;
                }

                private void count(int some) {
                    read += some;
                    if (read > limit.toBytes()) {
                        throw tooLarge();
                    }
                }

                @Override
                public boolean isFinished() {
                    return inner.isFinished();
                }

                @Override
                public boolean isReady() {
                    return inner.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    inner.setReadListener(listener);
                }
            };
        }
    }
}
