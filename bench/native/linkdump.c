/*
 * linkdump: what the decode bench is compared with. Lists all links of its network namespace as a C program with libmnl
 * does and keeps of each what our codec keeps of the links in the bench. For every line on standard input it makes one
 * dump and answers with a line: nanoseconds of processor time, nanoseconds passed, number of links, and a checksum, so that
 * nothing can be optimized away.
 */
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST 65536

/* What libmnl 1.0.5 calls MNL_SOCKET_DUMP_SIZE: the kernel fills no more than that at once. */
#define DUMP_SIZE 32768

struct link_model {
    int index, type, master, link;
    unsigned flags, mtu, min_mtu, max_mtu, group, txqlen, promiscuity, tx_queues, rx_queues;
    unsigned carrier_changes, carrier_up, carrier_down;
    uint32_t mode, bc_queue, bc_queue_used;
    uint16_t macvlan_flags;
    uint8_t operstate, carrier, proto_down;
    uint8_t address[6], broadcast[6];
    char name[IF_NAMESIZE], kind[16];
    struct rtnl_link_stats64 stats;
};

static struct link_model models[MOST];
static unsigned count;

static int macvlan_attribute(const struct nlattr *a, void *data)
{
    struct link_model *m = data;
    switch (mnl_attr_get_type(a)) {
    case IFLA_MACVLAN_MODE: if (mnl_attr_validate(a, MNL_TYPE_U32) < 0) return MNL_CB_ERROR; m->mode = mnl_attr_get_u32(a); break;
    case IFLA_MACVLAN_FLAGS: if (mnl_attr_validate(a, MNL_TYPE_U16) < 0) return MNL_CB_ERROR; m->macvlan_flags = mnl_attr_get_u16(a); break;
    case IFLA_MACVLAN_BC_QUEUE_LEN: if (mnl_attr_validate(a, MNL_TYPE_U32) < 0) return MNL_CB_ERROR; m->bc_queue = mnl_attr_get_u32(a); break;
    case IFLA_MACVLAN_BC_QUEUE_LEN_USED: if (mnl_attr_validate(a, MNL_TYPE_U32) < 0) return MNL_CB_ERROR; m->bc_queue_used = mnl_attr_get_u32(a); break;
    }
    return MNL_CB_OK;
}

static int info_attribute(const struct nlattr *a, void *data)
{
    struct link_model *m = data;
    switch (mnl_attr_get_type(a)) {
    case IFLA_INFO_KIND: strncpy(m->kind, mnl_attr_get_str(a), sizeof m->kind - 1); break;
    case IFLA_INFO_DATA: if (!strcmp(m->kind, "macvlan")) return mnl_attr_parse_nested(a, macvlan_attribute, m);
    }
    return MNL_CB_OK;
}

static int link_attribute(const struct nlattr *a, void *data)
{
    struct link_model *m = data;
#define U32(field) do { if (mnl_attr_validate(a, MNL_TYPE_U32) < 0) return MNL_CB_ERROR; m->field = mnl_attr_get_u32(a); } while (0)
#define U8(field) do { if (mnl_attr_validate(a, MNL_TYPE_U8) < 0) return MNL_CB_ERROR; m->field = mnl_attr_get_u8(a); } while (0)
    switch (mnl_attr_get_type(a)) {
    case IFLA_ADDRESS: if (mnl_attr_get_payload_len(a) == 6) memcpy(m->address, mnl_attr_get_payload(a), 6); break;
    case IFLA_BROADCAST: if (mnl_attr_get_payload_len(a) == 6) memcpy(m->broadcast, mnl_attr_get_payload(a), 6); break;
    case IFLA_IFNAME: if (mnl_attr_validate(a, MNL_TYPE_NUL_STRING) < 0) return MNL_CB_ERROR; strncpy(m->name, mnl_attr_get_str(a), sizeof m->name - 1); break;
    case IFLA_MTU: U32(mtu); break;
    case IFLA_LINK: U32(link); break;
    case IFLA_MASTER: U32(master); break;
    case IFLA_TXQLEN: U32(txqlen); break;
    case IFLA_OPERSTATE: U8(operstate); break;
    case IFLA_GROUP: U32(group); break;
    case IFLA_PROMISCUITY: U32(promiscuity); break;
    case IFLA_NUM_TX_QUEUES: U32(tx_queues); break;
    case IFLA_NUM_RX_QUEUES: U32(rx_queues); break;
    case IFLA_CARRIER: U8(carrier); break;
    case IFLA_CARRIER_CHANGES: U32(carrier_changes); break;
    case IFLA_CARRIER_UP_COUNT: U32(carrier_up); break;
    case IFLA_CARRIER_DOWN_COUNT: U32(carrier_down); break;
    case IFLA_PROTO_DOWN: U8(proto_down); break;
    case IFLA_MIN_MTU: U32(min_mtu); break;
    case IFLA_MAX_MTU: U32(max_mtu); break;
    case IFLA_STATS64: {
        unsigned n = mnl_attr_get_payload_len(a);
        memcpy(&m->stats, mnl_attr_get_payload(a), n < sizeof m->stats ? n : sizeof m->stats);
        break;
    }
    case IFLA_LINKINFO: return mnl_attr_parse_nested(a, info_attribute, m);
    }
    return MNL_CB_OK;
}

static int link_message(const struct nlmsghdr *nlh, void *data)
{
    const struct ifinfomsg *info = mnl_nlmsg_get_payload(nlh);
    struct link_model *m = &models[count];
    (void)data;
    if (count + 1 == MOST)
        return MNL_CB_ERROR;
    count++;
    memset(m, 0, sizeof *m);
    m->index = info->ifi_index;
    m->type = info->ifi_type;
    m->flags = info->ifi_flags;
    return mnl_attr_parse(nlh, sizeof *info, link_attribute, m);
}

static int dump(struct mnl_socket *nl)
{
    static char buffer[DUMP_SIZE];
    static unsigned sequence;
    struct nlmsghdr *nlh = mnl_nlmsg_put_header(buffer);
    int n;

    nlh->nlmsg_type = RTM_GETLINK;
    nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    nlh->nlmsg_seq = ++sequence;
    mnl_nlmsg_put_extra_header(nlh, sizeof(struct ifinfomsg));
    mnl_attr_put_u32(nlh, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    count = 0;
    if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
        return -1;
    do {
        n = mnl_socket_recvfrom(nl, buffer, sizeof buffer);
        if (n < 0)
            return -1;
        n = mnl_cb_run(buffer, n, sequence, mnl_socket_get_portid(nl), link_message, NULL);
    } while (n > MNL_CB_STOP);
    return n;
}

static long long nanoseconds(struct timespec from, struct timespec to)
{
    return (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec;
}

int main(void)
{
    char line[16];
    struct mnl_socket *nl = mnl_socket_open(NETLINK_ROUTE);
    int one = 1;

    if (!nl || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) < 0) {
        perror("linkdump: netlink socket");
        return 1;
    }
    mnl_socket_setsockopt(nl, NETLINK_GET_STRICT_CHK, &one, sizeof one);
    while (fgets(line, sizeof line, stdin)) {
        struct timespec a, b, cpu_a, cpu_b;
        unsigned long sum = 0;
        unsigned i;

        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_a);
        clock_gettime(CLOCK_MONOTONIC, &a);
        if (dump(nl) < 0) {
            perror("linkdump: dump");
            return 1;
        }
        clock_gettime(CLOCK_MONOTONIC, &b);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu_b);
        for (i = 0; i < count; i++)
            sum += models[i].index + models[i].mtu;
        printf("%lld %lld %u %lu\n", nanoseconds(cpu_a, cpu_b), nanoseconds(a, b), count, sum);
        fflush(stdout);
    }
    return 0;
}
