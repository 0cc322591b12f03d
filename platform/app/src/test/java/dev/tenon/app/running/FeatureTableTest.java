package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the table in the guide to the data API says of OData's features, asked of the running program. */
class FeatureTableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$filter | name in ('a','b') and not (version mod 2 eq 1) | 200",
                "$filter | length(trim(concat(name,'x'))) gt 1 and -version lt 0 | 200",
                "$filter | date(createdAt) le date(now()) and maxdatetime() gt createdAt | 200",
                "$filter | plant__Device_site/any(x:x/name eq $it/name) | 200",
                "$search | a OR NOT b | 200",
                "$orderby | owner/name desc,version mul 2 | 200",
                "$apply | topcount(5,version) | 200",
                "$apply | groupby((name),aggregate(version with countdistinct as n))/filter(n gt 1) | 200",
                "$expand | plant__Device_site($count=true;$top=1;$orderby=name;$search=x;$select=name) | 200",
                "$filter | cast(version,Edm.String) eq '1' | web.odata-not-supported",
                "$filter | isof(name,Edm.String) | web.odata-not-supported",
                "$filter | fractionalseconds(createdAt) lt 1 and version divby 2 gt 0.1 and name in ('a',null) | 200",
                "$filter | totalseconds(duration'PT1S') eq 1 | web.odata-not-supported",
                "$Filter | NOT (name EQ @p) and owner ne null | 200",
                "$filter | name has 'x' | web.odata-syntax",
                "$filter | matchesPattern(name,'P.*') | web.odata-not-supported",
                "$apply | topsum(5,version) | web.odata-not-supported",
                "$apply | toppercent(5,version) | web.odata-not-supported",
                "$apply | bottomsum(5,version) | web.odata-not-supported",
                "$apply | bottompercent(5,version) | web.odata-not-supported",
                "$apply | concat(aggregate($count as n),identity) | web.odata-not-supported",
                "$apply | groupby((rollup(name,version))) | web.odata-not-supported",
                "$apply | join(plant__Device_site as D) | web.odata-syntax",
                "$expand | owner($levels=2) | web.odata-not-supported",
                "$expand | plant__Device_site($skip=1) | web.odata-not-supported",
                "$expand | plant__Device_site($apply=aggregate($count as n)) | web.odata-not-supported",
                "$expand | plant__Device_site($compute=version add 1 as v) | web.odata-syntax",
                "$deltatoken | x | web.odata-not-supported",
                "$index | 1 | web.odata-not-supported",
                "$schemaversion | 1 | web.odata-not-supported",
                "$format | xml | web.not-acceptable"
            })
    void isAnsweredAsTheTableSays(String option, String value, String expected) {
        Http.Answer answer = Plant.administrator()
                .get(SITES + "?" + option + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        String told = answer.status() < 400
                ? String.valueOf(answer.status())
                : answer.json().get("code").asString();
        assertThat(told).as(answer.body()).isEqualTo(expected);
    }
}
