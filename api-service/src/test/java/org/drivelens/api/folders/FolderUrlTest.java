package org.drivelens.api.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.drivelens.api.problems.ApiProblem;
import org.drivelens.api.problems.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderUrlTest {

  private static final String ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz012345";
  private static final String KEY = "0-abcdefghijklmnopqrstuv";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://drive.google.com/drive/folders/ID",
        "https://drive.google.com/drive/folders/ID/",
        "  https://drive.google.com/drive/folders/ID\n",
        "http://drive.google.com/drive/folders/ID",
        "HTTPS://Drive.Google.com/drive/folders/ID",
        "https://drive.google.com/drive/folders/ID?usp=sharing",
        "https://drive.google.com/drive/folders/ID?usp=drive_link#x",
        "https://drive.google.com/drive/u/0/folders/ID",
        "https://drive.google.com/drive/u/12/folders/ID?usp=drive_link",
        "https://drive.google.com/drive/mobile/folders/ID",
        "https://drive.google.com/drive/u/1/mobile/folders/ID?sort=13&direction=a",
        "https://drive.google.com/a/example.com/drive/folders/ID",
        "https://drive.google.com/drive/a/example.com/folders/ID",
        "https://drive.google.com/drive/shared-drives/ID",
        "https://drive.google.com/open?id=ID",
        "https://drive.google.com/open?id=ID&usp=sharing",
        "https://drive.google.com/open?usp=sharing&id=ID",
        "https://drive.google.com/a/example.com/open?id=ID",
        "https://docs.google.com/open?id=ID",
        "https://drive.google.com/folderview?id=ID#list",
        "https://drive.google.com/folderview?id=ID&usp=sharing",
        "https://docs.google.com/a/example.com/folderview?id=ID",
        "https://drive.google.com/embeddedfolderview?id=ID#grid"
      })
  void every_shape_of_a_folder_link_gives_its_id(String url) {
    assertThat(FolderUrl.parse(url.replace("ID", ID))).isEqualTo(new FolderUrl(ID, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://drive.google.com/drive/folders/ID?resourcekey=KEY&usp=sharing",
        "https://drive.google.com/drive/folders/ID?usp=sharing&resourcekey=KEY",
        "https://drive.google.com/drive/folders/ID?resourceKey=KEY",
        "https://drive.google.com/open?id=ID&resourcekey=KEY",
        "https://drive.google.com/folderview?resourcekey=KEY&id=ID#list"
      })
  void the_resource_key_comes_along(String url) {
    assertThat(FolderUrl.parse(url.replace("ID", ID).replace("KEY", KEY)))
        .isEqualTo(new FolderUrl(ID, KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0B1234567890123456789012345",
        "0AAbCdEfGhIjKUk9PVA",
        "0B12345678901234567890123456789012345678901234567",
        "_-_-_-_-_-",
        "abcdefghij"
      })
  void ids_of_every_length_seen_are_taken(String id) {
    assertThat(FolderUrl.parse("https://drive.google.com/drive/folders/" + id).folderId())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ID",
        "folders/ID",
        "drive.google.com/drive/folders/ID",
        "//drive.google.com/drive/folders/ID",
        "http://169.254.169.254/drive/folders/ID",
        "https://drive.google.com@evil.test/drive/folders/ID",
        "https://user@drive.google.com/drive/folders/ID",
        "https://drive.google.com.evil.test/drive/folders/ID",
        "https://evil.test/https://drive.google.com/drive/folders/ID",
        "https://evil.test?https://drive.google.com/drive/folders/ID",
        "https://drive.google.com:8443/drive/folders/ID",
        "https://drive.google.com\\@evil.test/drive/folders/ID",
        "https://drive.google.com\u3002evil.test/drive/folders/ID",
        "https://xdrive.google.com/drive/folders/ID",
        "https://docs.google.com/drive/folders/ID",
        "https://[::1]:15672/drive/folders/ID",
        "https://2130706433/drive/folders/ID",
        "file:///etc/passwd",
        "gopher://drive.google.com/drive/folders/ID",
        "javascript:alert(1)",
        "ftp://drive.google.com/drive/folders/ID",
        "https://drive.google.com/",
        "https://drive.google.com",
        "https://drive.google.com/drive/my-drive",
        "https://drive.google.com/drive/shared-drives",
        "https://drive.google.com/drive/folders/",
        "https://drive.google.com/drive/folders/root",
        "https://drive.google.com/drive/folders/short",
        "https://drive.google.com/drive/folders/ID/view",
        "https://drive.google.com/drive/folders/../folders/ID",
        "https://drive.google.com/drive/folders/ID%27",
        "https://drive.google.com/drive/folders/ID' or '1'='1",
        "https://drive.google.com/drive/folders/%31AbCdEfGhIj",
        "https://drive.google.com/drive/folders/ID\u0000",
        "https://drive.google.com/file/d/ID/view",
        "https://drive.google.com/uc?id=ID&export=download",
        "https://drive.google.com/thumbnail?id=ID&sz=w800",
        "https://docs.google.com/document/d/ID/edit",
        "https://drive.google.com/open",
        "https://drive.google.com/open?id=",
        "https://drive.google.com/open?id=ID&id=ID",
        "https://drive.google.com/open?xid=ID",
        "https://drive.google.com/drive/folders/ID?resourcekey=",
        "https://drive.google.com/drive/folders/ID?resourcekey=a%0Ab",
        "https://drive.google.com/drive/folders/ID?resourcekey=KEY&resourcekey=KEY",
        "https://photos.google.com/share/ID",
        "https://www.dropbox.com/sh/ID"
      })
  void anything_else_is_refused_and_a_good_link_is_shown(String url) {
    assertThatThrownBy(() -> FolderUrl.parse(url.replace("ID", ID).replace("KEY", KEY)))
        .isInstanceOfSatisfying(
            ApiProblem.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.INVALID_FOLDER_URL);
              assertThat(problem.errors().getFirst().field()).isEqualTo("googleDriveUrl");
              assertThat(problem.errors().getFirst().message()).endsWith(FolderUrl.EXAMPLE);
            });
  }

  @Test
  void a_link_of_a_file_is_told_apart() {
    assertThatThrownBy(() -> FolderUrl.parse("https://drive.google.com/file/d/" + ID + "/view"))
        .hasMessageContaining("leads to a file");
  }

  @Test
  void the_example_is_a_good_link() {
    assertThat(FolderUrl.parse(FolderUrl.EXAMPLE).folderId()).isEqualTo(ID);
  }

  @Test
  void whatever_is_done_to_a_link_it_is_refused_or_gives_a_plain_id() {
    var random = new Random(42);
    var alphabet = "aZ0-_/?&=#:@.%\\ '\"\u0000\u00e4\ud800";
    var good = FolderUrl.EXAMPLE + "?resourcekey=" + KEY;
    for (int i = 0; i < 50_000; i++) {
      var url = new StringBuilder(good);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        var at = random.nextInt(url.length());
        var with = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> url.setCharAt(at, with);
          case 1 -> url.insert(at, with);
          default -> url.deleteCharAt(at);
        }
      }
      try {
        var folder = FolderUrl.parse(url.toString());
        assertThat(folder.folderId()).matches("[A-Za-z0-9_-]{10,100}");
        if (folder.resourceKey() != null) {
          assertThat(folder.resourceKey()).matches("[A-Za-z0-9_-]{3,100}");
        }
      } catch (ApiProblem refused) {
        assertThat(refused.type()).isEqualTo(ProblemType.INVALID_FOLDER_URL);
      }
    }
  }
}
