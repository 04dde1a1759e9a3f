/* Runs a fuzz target over the files of a folder, for builds without libFuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "knotmap/path.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int is_visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s CORPUS\n", argv[0]);
        return 64;
    }
    struct dirent **entry = NULL;
    const int n = scandir(argv[1], &entry, is_visible, alphasort);
    if (n <= 0) {
        fprintf(stderr, "%s: no corpus\n", argv[1]);
        return 66;
    }
    for (int i = 0; i < n; i++) {
        km_buf path = { 0 }, bytes = { 0 };
        km_error err = { 0 };
        km_buf_printf(&path, "%s/%s", argv[1], entry[i]->d_name);
        if (km_file_read(&bytes, km_buf_str(&path), &err) != KM_OK) {
            fprintf(stderr, "%s\n", err.text);
            return 66;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)km_buf_str(&bytes), bytes.len);
        km_buf_clear(&path);
        km_buf_clear(&bytes);
        free(entry[i]);
    }
    free(entry);
    printf("%d inputs\n", n);
    return 0;
}
