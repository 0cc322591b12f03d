package dev.tenon.web.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Where OpenID clients find the endpoints. Written here because the framework's own document comes only together with a
 * registry of servlet sessions, of which this server has none.
 */
@RestController
class WellKnown {

    @GetMapping("/.well-known/openid-configuration")
    Map<String, Object> configuration() {
        String root = ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", root);
        document.put("authorization_endpoint", root + "/oauth2/authorize");
        document.put("token_endpoint", root + "/oauth2/token");
        document.put("jwks_uri", root + "/oauth2/jwks");
        document.put("response_types_supported", List.of("code"));
        document.put("grant_types_supported", List.of("authorization_code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("token_endpoint_auth_methods_supported", List.of("none"));
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("scopes_supported", List.of("openid", "profile"));
        return document;
    }
}
