package dev.tenon.web;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.servlet.MultipartConfigFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;

/** Everything of this room. The application provides the rooms below as beans; the README lists them. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EnableConfigurationProperties(WebSettings.class)
public class WebConfiguration {

    /** Larger parts of a form go to a temporary file instead of the heap. */
    private static final DataSize IN_MEMORY = DataSize.ofKilobytes(512);

    @Bean
    JsonMapperBuilderCustomizer exactJson() {
        return Json::configure;
    }

    /** Forms only: other bodies of several parts are for whoever they are sent to, who says that he takes none. */
    @Bean(DispatcherServlet.MULTIPART_RESOLVER_BEAN_NAME)
    StandardServletMultipartResolver multipartForms() {
        StandardServletMultipartResolver forms = new StandardServletMultipartResolver();
        forms.setStrictServletCompliance(true);
        return forms;
    }

    @Bean
    MultipartConfigElement uploads(WebSettings settings) {
        MultipartConfigFactory uploads = new MultipartConfigFactory();
        uploads.setMaxFileSize(settings.maxUpload());
        uploads.setMaxRequestSize(DataSize.ofBytes(settings.maxUpload().toBytes() + IN_MEMORY.toBytes()));
        uploads.setFileSizeThreshold(IN_MEMORY);
        return uploads.createMultipartConfig();
    }
}
