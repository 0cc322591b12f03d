package dev.tenon.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends a person who is not signed in to the sign-in page; but where the console asks silently ({@code prompt=none}, in
 * a hidden frame), tells it so instead of showing a page nobody sees.
 */
final class AuthorizeEntryPoint implements AuthenticationEntryPoint {

    private final RegisteredClientRepository clients;
    private final AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint("/login");

    AuthorizeEntryPoint(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException unauthenticated)
            throws IOException, ServletException {
        String redirect = request.getParameter("redirect_uri");
        String client = request.getParameter("client_id");
        RegisteredClient known = client == null ? null : clients.findByClientId(client);
        if (!"none".equals(request.getParameter("prompt"))
                || known == null
                || redirect == null
                || !known.getRedirectUris().contains(redirect)) {
            page.commence(request, response, unauthenticated);
            return;
        }
        UriComponentsBuilder back = UriComponentsBuilder.fromUriString(redirect).queryParam("error", "login_required");
        String state = request.getParameter("state");
        if (state == null) {
            response.sendRedirect(back.encode().build().toUriString());
        } else {
            response.sendRedirect(back.queryParam("state", "{state}")
                    .encode()
                    .buildAndExpand(state)
                    .toUriString());
        }
    }
}
