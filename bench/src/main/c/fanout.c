/*
 * What forwarding costs at least: the same copies, headers, encryption and system calls as the node,
 * and nothing else. One thread sends each frame to all viewers, viewer by viewer, each run of packets
 * encrypted with the viewer's key and sent as one segmented datagram, several runs a system call;
 * another thread receives. Prints the sender's processor time for a packet.
 *
 * With -DIPSEC it encrypts with intel-ipsec-mb, else with OpenSSL.
 *
 *   fanout VIEWERS PACKETS_A_FRAME BYTES FRAMES_A_SECOND SECONDS
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef IPSEC
#define LINUX /* aligns the keys */
#include <intel-ipsec-mb.h>
#else
#include <openssl/evp.h>
#endif
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

enum { RUNS = 8, TAG = 16, HEADER = 20 };

struct viewer {
  struct sockaddr_in to;
  uint32_t ssrc, offset;
#ifdef IPSEC
  struct gcm_key_data key __attribute__((aligned(64)));
#else
  EVP_CIPHER_CTX *key;
#endif
} __attribute__((aligned(64)));

static int epoll_fd;
static volatile int over;
static volatile long received;

static void check(int good, const char *what) {
  if (!good) {
    perror(what);
    exit(1);
  }
}

static void *receive(void *unused) {
  (void)unused;
  static char buffer[65536];
  struct epoll_event events[256];
  while (!over) {
    int count = epoll_wait(epoll_fd, events, 256, 50);
    for (int i = 0; i < count; i++) {
      ssize_t length;
      while ((length = recv(events[i].data.fd, buffer, sizeof buffer, MSG_DONTWAIT)) > 0) {
        received += length;
      }
    }
  }
  return NULL;
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  check(count == 6, "fanout VIEWERS PACKETS_A_FRAME BYTES FRAMES_A_SECOND SECONDS");
  int viewers = atoi(arguments[1]), packets = atoi(arguments[2]), bytes = atoi(arguments[3]);
  int rate = atoi(arguments[4]), duration = atoi(arguments[5]);
  int run = packets * bytes;
  struct viewer *all = aligned_alloc(64, sizeof(struct viewer) * (size_t)viewers);
  uint8_t *source = calloc(1, (size_t)run), *arena = aligned_alloc(64, (size_t)(RUNS * run + 63) / 64 * 64);
  check(all && source && arena, "memory");
  for (int i = 0; i < run; i++) source[i] = (uint8_t)rand();
#ifdef IPSEC
  IMB_MGR *manager = alloc_mb_mgr(0);
  init_mb_mgr_auto(manager, NULL);
  struct gcm_context_data context __attribute__((aligned(64)));
#endif
  epoll_fd = epoll_create1(0);
  for (int i = 0; i < viewers; i++) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1, room = 2 << 20;
    check(fd >= 0, "socket");
    struct sockaddr_in *to = &all[i].to;
    memset(to, 0, sizeof *to);
    to->sin_family = AF_INET;
    to->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(bind(fd, (struct sockaddr *)to, sizeof *to) == 0, "bind");
    socklen_t length = sizeof *to;
    getsockname(fd, (struct sockaddr *)to, &length);
    setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event);
    all[i].ssrc = (uint32_t)rand();
    all[i].offset = (uint32_t)rand();
    uint8_t key[16];
    for (int k = 0; k < 16; k++) key[k] = (uint8_t)rand();
#ifdef IPSEC
    IMB_AES128_GCM_PRE(manager, key, &all[i].key);
#else
    all[i].key = EVP_CIPHER_CTX_new();
    EVP_CipherInit_ex(all[i].key, EVP_aes_128_gcm(), NULL, key, NULL, 1);
#endif
  }
  int sender = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
  setsockopt(sender, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  pthread_t thread;
  pthread_create(&thread, NULL, receive, NULL);

  struct mmsghdr messages[RUNS];
  struct iovec vectors[RUNS];
  char controls[RUNS][CMSG_SPACE(sizeof(uint16_t))];
  long sent = 0;
  uint32_t sequence = 0;
  double start = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
  for (long frame = 0; frame < (long)duration * rate; frame++) {
    double due = start + (double)frame / rate;
    double left = due - seconds(CLOCK_MONOTONIC);
    if (left > 0) usleep((useconds_t)(left * 1e6));
    for (int first = 0; first < viewers; first += RUNS) {
      int runs = viewers - first < RUNS ? viewers - first : RUNS;
      for (int r = 0; r < runs; r++) {
        struct viewer *viewer = &all[first + r];
        for (int p = 0; p < packets; p++) {
          uint8_t *packet = arena + (size_t)r * run + (size_t)p * bytes;
          int plain = bytes - TAG;
          memcpy(packet, source + (size_t)p * bytes, (size_t)plain);
          uint32_t number = sequence + (uint32_t)p + viewer->offset;
          uint16_t low = htons((uint16_t)number);
          uint32_t ssrc = htonl(viewer->ssrc);
          packet[0] = 0x90;
          memcpy(packet + 2, &low, 2);
          memcpy(packet + 8, &ssrc, 4);
          uint8_t iv[12] = {0};
          memcpy(iv + 2, &ssrc, 4);
          memcpy(iv + 8, &number, 4);
#ifdef IPSEC
          IMB_AES128_GCM_ENC(manager, &viewer->key, &context, packet + HEADER, packet + HEADER,
                             (uint64_t)(plain - HEADER), iv, packet, HEADER, packet + plain, TAG);
#else
          int ignored;
          EVP_CipherInit_ex(viewer->key, NULL, NULL, NULL, iv, 1);
          EVP_CipherUpdate(viewer->key, NULL, &ignored, packet, HEADER);
          EVP_CipherUpdate(viewer->key, packet + HEADER, &ignored, packet + HEADER, plain - HEADER);
          EVP_CipherFinal_ex(viewer->key, packet + plain, &ignored);
          EVP_CIPHER_CTX_ctrl(viewer->key, EVP_CTRL_AEAD_GET_TAG, TAG, packet + plain);
#endif
        }
        vectors[r] = (struct iovec){arena + (size_t)r * run, (size_t)run};
        messages[r].msg_hdr = (struct msghdr){
            .msg_name = &viewer->to, .msg_namelen = sizeof viewer->to, .msg_iov = &vectors[r],
            .msg_iovlen = 1, .msg_control = controls[r], .msg_controllen = sizeof controls[r]};
        struct cmsghdr *control = CMSG_FIRSTHDR(&messages[r].msg_hdr);
        control->cmsg_level = IPPROTO_UDP;
        control->cmsg_type = UDP_SEGMENT;
        control->cmsg_len = CMSG_LEN(sizeof(uint16_t));
        uint16_t size = (uint16_t)bytes;
        memcpy(CMSG_DATA(control), &size, sizeof size);
      }
      check(sendmmsg(sender, messages, (unsigned)runs, 0) == runs, "sendmmsg");
      sent += (long)runs * packets;
    }
    sequence += (uint32_t)packets;
  }
  cpu = seconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
  usleep(200000);
  over = 1;
  pthread_join(thread, NULL);
  printf("%.1f %ld %ld\n", cpu * 1e9 / (double)sent, sent, received / bytes);
  return 0;
}
