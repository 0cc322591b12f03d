package dev.tenon.bench.handwritten;

import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The endpoint beside which the platform is measured, in a process of its own. It has the platform's
 * {@code application.yaml}, so the web server is set up alike; the pool is opened by {@code platform/store}, so the
 * connections are, too. Nothing else of the platform takes part.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({BearerSecurity.class, OrderController.class, Orders.class})
public class HandWrittenApplication {

    public static void main(String[] args) {
        SpringApplication.run(HandWrittenApplication.class, args);
    }

    @Bean(destroyMethod = "close")
    Database database(
            @Value("${bench.url}") String url,
            @Value("${bench.user}") String user,
            @Value("${bench.password}") String password,
            @Value("${bench.pool-size}") int poolSize) {
        return Database.open(new DatabaseSettings(url, user, password, poolSize));
    }

    @Bean
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    @Bean
    JdbcTemplate jdbc(DataSource source) {
        return new JdbcTemplate(source);
    }

    @Bean
    TransactionTemplate transactions(DataSource source) {
        return new TransactionTemplate(new DataSourceTransactionManager(source));
    }
}
