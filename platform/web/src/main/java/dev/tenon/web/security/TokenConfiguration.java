package dev.tenon.web.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.tenon.records.port.Sealing;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.Users;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The tokens that signing in gives: who signs them, what is in them, and how they are checked. */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    JWKSource<SecurityContext> signingKeys(LoginStore store, Sealing sealing, InstantSource clock) {
        SigningKeys keys = new SigningKeys(store, sealing, clock);
        keys.prepare();
        return keys;
    }

    @Bean
    PersonClaims personClaims(Users users) {
        return new PersonClaims(users);
    }

    @Bean
    @Primary
    JwtDecoder accessTokenDecoder(JWKSource<SecurityContext> keys) {
        NimbusJwtDecoder decoder = decoder(keys, PersonClaims.ACCESS_TOKEN);
        decoder.setJwtValidator(new JwtTimestampValidator());
        return decoder;
    }

    /** For id tokens that a client shows to sign out: signed by us, of whatever age. */
    @Bean
    JwtDecoder idTokenDecoder(JWKSource<SecurityContext> keys) {
        NimbusJwtDecoder decoder = decoder(keys, PersonClaims.ID_TOKEN);
        decoder.setJwtValidator(idToken -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    private static NimbusJwtDecoder decoder(JWKSource<SecurityContext> keys, String type) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return new NimbusJwtDecoder(processor);
    }
}
