package dev.tenon.web.security;

import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;

/**
 * What the two documents under {@code /.well-known} tell. The framework lists what it could do for any client; there is
 * one, public, with code and PKCE, so most of that list would only ever answer with errors.
 */
final class Discovery {

    private static final List<String> FOR_OTHER_CLIENTS = List.of(
            "revocation_endpoint",
            "revocation_endpoint_auth_methods_supported",
            "introspection_endpoint",
            "introspection_endpoint_auth_methods_supported",
            "device_authorization_endpoint",
            "pushed_authorization_request_endpoint",
            "registration_endpoint",
            "tls_client_certificate_bound_access_tokens",
            "dpop_signing_alg_values_supported");

    private Discovery() {}

    static void serverMetadata(Map<String, Object> document) {
        document.keySet().removeAll(FOR_OTHER_CLIENTS);
        document.put("grant_types_supported", List.of("authorization_code"));
        document.put("token_endpoint_auth_methods_supported", List.of("none"));
        document.put("scopes_supported", List.of(OidcScopes.OPENID, OidcScopes.PROFILE));
    }

    static void openId(Map<String, Object> document) {
        serverMetadata(document);
        document.put(
                "claims_supported",
                List.of(
                        StandardClaimNames.SUB,
                        PersonClaims.TENANT,
                        StandardClaimNames.NAME,
                        StandardClaimNames.PREFERRED_USERNAME,
                        StandardClaimNames.LOCALE,
                        StandardClaimNames.ZONEINFO));
    }
}
