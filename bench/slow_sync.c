/* A disk of the cloud: every sync of the program that this is preloaded into takes 4 ms longer. */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    struct timespec longer = {0, 4 * 1000 * 1000};
    while (nanosleep(&longer, &longer) != 0) {
    }
}

int fsync(int file) {
    wait_for_the_disk();
    return syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    wait_for_the_disk();
    return syscall(SYS_fdatasync, file);
}
