/* An open loop: requests leave at a steady rate, whether the last ones are answered or not.

   pace PORT RATE SECONDS FILE, where FILE is made by bench/pushes.py. Each is timed from the moment it was due, so that
   what has to wait for a free connection, or for this program, is counted. Prints one line of JSON; times in seconds. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 1024, ANSWER = 4096, AT_ONCE = 64, PATIENCE = 10 };

/* a connection, and the request that is under way on it; none is where `due` is below 0 */
struct line {
    int socket;
    size_t filled;
    double due;
    char answer[ANSWER];
};

static struct line lines[LINES];
static struct line *idle[LINES];
static int idle_count, poller;
static struct sockaddr_in server = {.sin_family = AF_INET};
static long total, sent, answered, refused, broken;
static double rate, began, last_sent, *took;
static char *pushes, *end_of_pushes;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void read_pushes(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat about;
    if (file < 0 || fstat(file, &about) != 0) fail(path);
    pushes = mmap(0, about.st_size + 1, PROT_READ, MAP_PRIVATE, file, 0);
    if (pushes == MAP_FAILED) fail(path);
    end_of_pushes = pushes + about.st_size;
}

static void prepare_lines(void) {
    poller = epoll_create1(0);
    while (idle_count < LINES) {
        struct line *line = idle[idle_count] = &lines[idle_count];
        line->socket = -1;
        line->due = -1;
        idle_count++;
    }
}

static void connect_line(struct line *line) {
    struct epoll_event event = {EPOLLIN, {.ptr = line}};
    int yes = 1;
    line->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (line->socket < 0 || connect(line->socket, (struct sockaddr *)&server, sizeof server) != 0) fail("connect");
    setsockopt(line->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (epoll_ctl(poller, EPOLL_CTL_ADD, line->socket, &event) != 0) fail("epoll_ctl");
}

static double next_due(void) {
    return began + sent / rate;
}

static int may_send(void) {
    return sent < total && idle_count && pushes < end_of_pushes;
}

static void send_next(void) {
    struct line *line = idle[--idle_count];
    size_t length = strtoul(pushes, &pushes, 10);
    if (line->socket < 0) connect_line(line);
    line->filled = 0;
    line->due = next_due();
    last_sent = now();
    if (send(line->socket, pushes + 1, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
    pushes += 1 + length;
    sent++;
}

static int is_whole(struct line *line) {
    char *body, *length;
    line->answer[line->filled] = 0;
    body = strstr(line->answer, "\r\n\r\n");
    length = strcasestr(line->answer, "\r\ncontent-length:");
    if (!body || !length) return 0;
    return line->filled >= (size_t)(body + 4 - line->answer) + strtoul(length + 17, 0, 10);
}

static void finish(struct line *line) {
    took[answered++] = now() - line->due;
    line->due = -1;
    idle[idle_count++] = line;
}

static void receive(struct line *line) {
    ssize_t got = recv(line->socket, line->answer + line->filled, ANSWER - 1 - line->filled, 0);
    if (got > 0) {
        line->filled += got;
        if (!is_whole(line)) return;
        if (strncmp(line->answer, "HTTP/1.1 200", 12) != 0) refused++;
        finish(line);
        return;
    }
    close(line->socket); /* the server does so when a line was idle for long */
    line->socket = -1;
    if (line->due < 0) return;
    broken++;
    finish(line);
}

static void receive_until_next(void) {
    struct epoll_event events[AT_ONCE];
    double seconds = may_send() ? next_due() - now() : 1;
    struct timespec patience = {0, 0};
    if (seconds > 0) patience = (struct timespec){(time_t)seconds, (seconds - (time_t)seconds) * 1e9};
    int ready = epoll_pwait2(poller, events, AT_ONCE, &patience, 0);
    for (int index = 0; index < ready; index++) receive(events[index].data.ptr);
}

static int by_size(const void *one, const void *other) {
    double first = *(const double *)one, second = *(const double *)other;
    return (first > second) - (first < second);
}

static void tell(void) {
    qsort(took, answered, sizeof *took, by_size);
    printf("{\"answered\": %ld, \"seconds\": %f, \"p50\": %f, \"p99\": %f, \"refused\": %ld, \"broken\": %ld}\n", answered,
           now() - began, took[answered / 2], took[answered * 99 / 100], refused, broken + total - answered);
}

int main(int count, char **words) {
    if (count != 5) return fprintf(stderr, "pace PORT RATE SECONDS FILE\n"), 2;
    server.sin_port = htons(atoi(words[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    rate = atof(words[2]);
    total = rate * atof(words[3]);
    took = calloc(total + 1, sizeof *took);
    if (!took) fail("memory");
    read_pushes(words[4]);
    prepare_lines();
    prctl(PR_SET_TIMERSLACK, 1000); /* ns: the kernel would wake us 50,000 late */
    began = last_sent = now();
    while (answered < total && now() - last_sent < PATIENCE) {
        while (may_send() && next_due() <= now()) send_next();
        receive_until_next();
    }
    tell();
    return 0;
}
