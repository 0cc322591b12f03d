package dev.tenon.web.security;

import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.PasswordHasher;
import dev.tenon.tenancy.identity.Policies;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.web.WebSettings;
import dev.tenon.web.errors.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Four filter chains, the most asked ones first: the operator's interface (one secret), the API (bearer tokens, no cookie
 * counts), the authorization server (session cookie), and the pages. Nothing is kept in the servlet container's sessions.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Styles are inline because Ant Design puts them into the page at run time; scripts never are. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; frame-src 'self' blob:;"
                    + " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    private static final String USER_INFO = "/userinfo";

    @Bean
    @Order(1)
    SecurityFilterChain operatorChain(
            HttpSecurity http,
            WebSettings settings,
            @Qualifier("problemEntryPoint") AuthenticationEntryPoint entryPoint,
            AccessDeniedHandler denied) {
        http.securityMatcher("/api/platform/**");
        OperatorAuthentication operator = new OperatorAuthentication(settings);
        bearerOnly(http, request -> operator, entryPoint, denied);
        http.authorizeHttpRequests(all -> all.anyRequest().authenticated());
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain apiChain(
            HttpSecurity http,
            BearerAuthentication bearer,
            @Qualifier("problemEntryPoint") AuthenticationEntryPoint entryPoint,
            AccessDeniedHandler denied) {
        http.securityMatcher("/api/**", "/odata", "/odata/**");
        bearerOnly(http, bearer::of, entryPoint, denied);
        http.authorizeHttpRequests(all -> all.requestMatchers("/api/health", "/api/startup")
                .permitAll()
                .anyRequest()
                .access(new ScopeRule()));
        return http.build();
    }

    private static void bearerOnly(
            HttpSecurity http,
            AuthenticationManagerResolver<HttpServletRequest> bearer,
            AuthenticationEntryPoint entryPoint,
            AccessDeniedHandler denied) {
        headers(http);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        // No cookie opens anything here, so there is nothing that another site's page could ride on.
        http.csrf(csrf -> csrf.disable());
        http.requestCache(cache -> cache.disable());
        http.logout(logout -> logout.disable());
        http.oauth2ResourceServer(server -> server.authenticationManagerResolver(bearer)
                .authenticationEntryPoint(entryPoint)
                .accessDeniedHandler(denied));
        http.exceptionHandling(
                failing -> failing.authenticationEntryPoint(entryPoint).accessDeniedHandler(denied));
    }

    @Bean
    @Order(3)
    SecurityFilterChain authorizationServerChain(
            HttpSecurity http,
            StoredSessions sessions,
            RequestCache cache,
            RegisteredClientRepository clients,
            BearerAuthentication bearer,
            PersonClaims claims,
            @Qualifier("idTokenDecoder") JwtDecoder idTokens,
            @Qualifier("problemEntryPoint") AuthenticationEntryPoint unauthenticated) {
        EndSession endSession = new EndSession(idTokens, clients, sessions);
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.authorizationServerMetadataEndpoint(document ->
                    document.authorizationServerMetadataCustomizer(told -> told.claims(Discovery::serverMetadata)));
            server.oidc(openId -> openId.providerConfigurationEndpoint(document ->
                            document.providerConfigurationCustomizer(told -> told.claims(Discovery::openId)))
                    .userInfoEndpoint(userInfo -> userInfo.authenticationProviders(only(new UserInfo(claims))))
                    .logoutEndpoint(logout ->
                            logout.authenticationProviders(only(endSession)).logoutResponseHandler(endSession)));
        });
        pages(http, sessions, cache);
        http.authorizeHttpRequests(all -> all.anyRequest().authenticated());
        // For the user info endpoint, the one here that programs call with an access token.
        http.oauth2ResourceServer(server -> server.jwt(tokens -> tokens.authenticationManager(bearer.ofAnything()))
                .authenticationEntryPoint(unauthenticated));
        AuthenticationEntryPoint page = new AuthorizeEntryPoint(clients);
        http.exceptionHandling(failing -> failing.authenticationEntryPoint((request, response, why) -> {
            boolean program = request.getRequestURI().equals(request.getContextPath() + USER_INFO);
            (program ? unauthenticated : page).commence(request, response, why);
        }));
        return http.build();
    }

    /** Without the framework's own, which would be asked after a refusal and would replace the reason. */
    private static Consumer<List<AuthenticationProvider>> only(AuthenticationProvider provider) {
        return providers -> {
            providers.clear();
            providers.add(provider);
        };
    }

    @Bean
    @Order(4)
    SecurityFilterChain pagesChain(
            HttpSecurity http,
            StoredSessions sessions,
            RequestCache cache,
            @Qualifier("problemEntryPoint") AuthenticationEntryPoint entryPoint,
            AccessDeniedHandler denied) {
        pages(http, sessions, cache);
        http.csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()).ignoringRequestMatchers("/logout"));
        http.authorizeHttpRequests(all -> all.requestMatchers("/actuator/health", "/actuator/health/**")
                .permitAll()
                .requestMatchers("/actuator/**")
                .denyAll()
                .anyRequest()
                .permitAll());
        http.exceptionHandling(
                failing -> failing.authenticationEntryPoint(entryPoint).accessDeniedHandler(denied));
        return http.build();
    }

    private static void pages(HttpSecurity http, StoredSessions sessions, RequestCache cache) {
        headers(http);
        http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        http.securityContext(context -> context.securityContextRepository(sessions));
        http.requestCache(saved -> saved.requestCache(cache));
        http.logout(logout -> logout.disable());
    }

    private static void headers(HttpSecurity http) {
        http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                // The console renews its token in a hidden frame of its own origin.
                .frameOptions(frame -> frame.sameOrigin())
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .contentTypeOptions(Customizer.withDefaults()));
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();
        cookie.setCookieCustomizer(c -> c.httpOnly(true).sameSite("Strict"));
        return cookie;
    }

    @Bean
    AuthenticationEntryPoint problemEntryPoint(ProblemWriter problems) {
        return (request, response, failure) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(failure, request, response);
        };
    }

    @Bean
    AccessDeniedHandler problemAccessDenied(ProblemWriter problems) {
        return (request, response, failure) -> problems.write(failure, request, response);
    }

    @Bean
    PasswordHasher passwordHasher() {
        return new EncodedPasswords();
    }

    @Bean
    BearerAuthentication bearerAuthentication(JwtDecoder accessTokens, AccessTokens tokens, Sessions sessions) {
        return new BearerAuthentication(accessTokens, tokens, sessions);
    }

    @Bean
    StoredSessions storedSessions(Sessions sessions, Policies policies) {
        return new StoredSessions(sessions, policies.limits().longest());
    }

    @Bean
    RequestCache requestCache() {
        return new CookieRequestCache();
    }

    @Bean
    RegisteredClientRepository consoleClient(WebSettings settings) {
        return new ConsoleClient(settings.consoleRedirects());
    }

    @Bean
    OAuth2AuthorizationService storedAuthorizations(
            LoginStore store, Sessions sessions, RegisteredClientRepository clients) {
        return new StoredAuthorizations(store, sessions, clients);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder()
                .oidcUserInfoEndpoint(USER_INFO)
                .build();
    }

    /** Requests are observed as wholes; an observation of each filter would cost more than the filters do. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** OpenID support makes an empty session for each sign-in; it may go as soon as the answer is out. */
    @Bean
    ServletContextInitializer shortSessions() {
        return context -> context.setSessionTimeout(1);
    }

    @Bean
    SessionRegistry untrackedSessions() {
        return new UntrackedSessions();
    }
}
