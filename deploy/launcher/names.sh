# What chaos, bench and broken are told by name: the files of a folder.
# shellcheck shell=bash

# names_in FOLDER ENDING: of ".../FaultsTest.java", by the ending "Test.java", it is "faults".
names_in() {
  local file
  for file in "$1"/*"$2"; do
    file=${file##*/}
    file=${file%"$2"}
    printf '%s ' "${file,,}"
  done
}

# class_in FOLDER ENDING NAME: "FaultsTest"; nothing if there is none of the name.
class_in() {
  local file
  for file in "$1"/*"$2"; do
    file=${file##*/}
    [[ ${file,,} != "${3,,}${2,,}" ]] || printf '%s' "${file%.java}"
  done
}
