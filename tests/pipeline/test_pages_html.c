/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/html.h"

#include "core/cleanup.h"
#include "support/arena.h"

static void what_is_put_in_is_escaped(void **state)
{
    (void)state;
    KT_AUTO(text) kt_text text = {0};
    kt_html to = {.out = &text};
    kt_html_open(&to, "p", (const char *const[]){"title", "\"<&>\"", "class", NULL, NULL});
    kt_html_text(&to, "1 < 2 & \"3\" > 2");
    kt_html_void(&to, "br", NULL);
    kt_html_void(&to, "line", (const char *const[]){"x1", "0", NULL});
    kt_html_close(&to);
    assert_string_equal(text.bytes, "<p title=\"&quot;&lt;&amp;&gt;&quot;\">1 &lt; 2 &amp; "
                                    "&quot;3&quot; &gt; 2<br>\n<line x1=\"0\"/></p>\n");
    assert_int_equal(to.depth, 0);
}

static void elements_close_in_the_order_they_were_opened(void **state)
{
    (void)state;
    KT_AUTO(text) kt_text text = {0};
    kt_html to = {.out = &text};
    kt_html_open(&to, "ul", NULL);
    kt_html_element(&to, "li", NULL, "a");
    kt_html_open(&to, "li", NULL);
    kt_html_close(&to);
    kt_html_close(&to);
    assert_string_equal(text.bytes, "<ul><li>a</li>\n<li></li>\n</ul>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_is_escaped),
        cmocka_unit_test(elements_close_in_the_order_they_were_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
