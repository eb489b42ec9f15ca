package org.drivelens.api.downloads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.drivelens.api.content.FileNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNamesTest {

  private static final String FAMILY = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IMG_1.jpg>IMG_1.jpg",
        "../../x.jpg>photo.._.._x.jpg",
        "/etc/passwd>_etc_passwd",
        "C:\\x.jpg>C__x.jpg",
        "a/b.jpg>a_b.jpg",
        ".>photo",
        "..>photo",
        "   >photo",
        ".hidden.jpg>photo.hidden.jpg",
        "CON>_CON",
        "con.jpg>_con.jpg",
        "LPT1.tar.gz>_LPT1.tar.gz",
        "COM\u00b9.jpg>_COM\u00b9.jpg",
        "CONCERT.jpg>CONCERT.jpg",
        "dots...>dots",
        "blank. . >blank",
        "a\u0000b\u001bc.jpg>a_b_c.jpg",
        "a\u2028b.jpg>a_b.jpg",
        "\u202egpj.exe>_gpj.exe",
        "\u200f\u05d0.jpg>_\u05d0.jpg",
        "a\ufeff.jpg>a_.jpg",
        "half\ud800.jpg>half_.jpg",
        "ba\u0308r.jpg>b\u00e4r.jpg",
        "q\"<>|?*.jpg>q______.jpg"
      })
  void a_name_is_one_that_any_system_keeps(String pair) {
    // Split by hand: names may hold the delimiter.
    var at = pair.lastIndexOf('>');
    assertThat(FileNames.safe(pair.substring(0, at))).isEqualTo(pair.substring(at + 1));
  }

  @Test
  void a_name_is_cut_between_characters_and_keeps_its_extension() {
    var name = FileNames.safe(FAMILY.repeat(1000) + ".jpeg");
    assertThat(name).endsWith(FAMILY + ".jpeg");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(240);
    assertThat(FileNames.safe("x".repeat(1000) + ".jpg")).hasSize(240).endsWith("x.jpg");
    assertThat(FileNames.safe("x." + "y".repeat(1000))).hasSize(240);
  }

  @Test
  void a_header_tells_the_name_exactly_and_in_plain_letters() {
    assertThat(FileNames.disposition(false, "Anna & Bj\u00f6rn 100%.zip"))
        .isEqualTo(
            "attachment; filename=\"Anna & Bj_rn 100_.zip\";"
                + " filename*=UTF-8''Anna%20&%20Bj%C3%B6rn%20100%25.zip");
  }

  @Test
  void names_that_some_system_takes_for_the_same_get_numbers() {
    assertThat(side("a.jpg", "A.JPG", "a (2).jpg", "a.jpg", "missing.TXT", "b", "b"))
        .containsExactly(
            "a.jpg", "A (2).JPG", "a (2) (2).jpg", "a (3).jpg", "missing (2).TXT", "b", "b (2)");
    assertThat(side("\u00e4.jpg", "a\u0308.jpg")).containsExactly("\u00e4.jpg", "\u00e4 (2).jpg");
  }

  @Test
  void in_folders_only_files_of_one_folder_get_numbers_and_none_is_called_as_a_folder() {
    var names = new EntryNames(true, List.of(List.of("A", "x"), List.of("a"), List.of("..", "B")));
    assertThat(names.next(item("1.jpg", "A", "x"))).isEqualTo("A/x/1.jpg");
    assertThat(names.next(item("1.jpg", "a"))).isEqualTo("a/1.jpg");
    assertThat(names.next(item("1.jpg", "A"))).isEqualTo("A/1 (2).jpg");
    assertThat(names.next(item("X", "A"))).isEqualTo("A/X (2)");
    assertThat(names.next(item("a"))).isEqualTo("a (2)");
    assertThat(names.next(item("1.jpg", "..", "B"))).isEqualTo("folder/B/1.jpg");
  }

  @Test
  void a_path_that_no_system_unpacks_loses_its_deepest_folders() {
    var deep = new String[100];
    Arrays.fill(deep, "d".repeat(60));
    var path = new EntryNames(true, List.of(List.of(deep))).next(item("1.jpg", deep));
    assertThat(path).hasSizeLessThan(1000).endsWith("d/1.jpg");
  }

  private static List<String> side(String... names) {
    var given = new EntryNames(false, List.of());
    return Arrays.stream(names).map(name -> given.next(item(name))).toList();
  }

  private static Selection.Item item(String name, String... folders) {
    return new Selection.Item(
        1, "f", null, name, List.of(folders), "image/jpeg", 1L, null, null, null, null, true);
  }
}
