package org.drivelens.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.drivelens.api.problems.ApiProblem;
import org.junit.jupiter.api.Test;

class CursorsTest {

  private static final List<String> LIST = List.of("photos", "event", "takenAt", "q=", "mimeType=");

  private final Cursors cursors = new Cursors("secret");
  private final Random random = new Random(11);

  @Test
  void a_cursor_gives_back_what_was_put_into_it() {
    for (int i = 0; i < 1000; i++) {
      var position = texts(random.nextInt(5));
      var list = texts(random.nextInt(5));
      assertThat(cursors.decode(list, cursors.encode(list, position))).isEqualTo(position);
    }
  }

  @Test
  void a_cursor_can_stand_in_a_url_as_it_is() {
    for (int i = 0; i < 1000; i++) {
      assertThat(cursors.encode(LIST, texts(3))).matches("[A-Za-z0-9_-]+");
    }
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    var cursor = cursors.encode(LIST, List.of("a"));
    for (int i = 0; i < LIST.size(); i++) {
      var part = i;
      var other =
          IntStream.range(0, LIST.size())
              .mapToObj(n -> n == part ? LIST.get(n) + "x" : LIST.get(n))
              .toList();
      assertRefused(other, cursor);
    }
    // The parts joined are the same, the list is not.
    assertRefused(List.of("photos", "eventtakenAt", "q=", "mimeType="), cursor);
    assertRefused(List.of(), cursor);
  }

  @Test
  void a_cursor_in_which_one_bit_is_changed_is_refused() {
    var cursor = Base64.getUrlDecoder().decode(cursors.encode(LIST, List.of("2026", "id")));
    for (int bit = 0; bit < cursor.length * 8; bit++) {
      var forged = cursor.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(LIST, Base64.getUrlEncoder().encodeToString(forged));
    }
  }

  @Test
  void what_was_never_a_cursor_is_refused() {
    for (var text : new String[] {"", "a", "====", "ä", "AAAA", "A".repeat(10_000), "../../x"}) {
      assertRefused(LIST, text);
    }
    for (int i = 0; i < 1000; i++) {
      var bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      assertRefused(LIST, Base64.getUrlEncoder().encodeToString(bytes));
    }
  }

  @Test
  void a_cursor_made_with_another_secret_is_refused() {
    assertRefused(LIST, new Cursors("other").encode(LIST, List.of("a")));
  }

  private void assertRefused(List<String> list, String cursor) {
    assertThatThrownBy(() -> cursors.decode(list, cursor))
        .isInstanceOfSatisfying(
            ApiProblem.class,
            problem -> assertThat(problem.errors().getFirst().field()).isEqualTo("cursor"));
  }

  private List<String> texts(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ ->
            random
                .ints(random.nextInt(12), 0, 0x3000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString())
        .toList();
  }
}
