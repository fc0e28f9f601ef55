/** The same walk with the resolver library of libc: one server of each zone, whose glue comes along. */
export function traceC({
  name,
  number,
  root,
  port,
}: {
  readonly name: string;
  readonly number: number;
  readonly root: string;
  readonly port: number;
}): string {
  return `#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>

/* cc -Wno-deprecated-declarations trace.c -lresolv */
int main(void) {
    unsigned char query[512], answer[65536];
    char server[INET_ADDRSTRLEN] = "${root}", line[4096];    /* a root server */

    res_init();
    _res.options &= ~RES_RECURSE;    /* what it knows itself, please */
    for (int depth = 0, found = 1; found && depth < 32; depth++) {
        ns_msg message;
        ns_rr record;

        _res.nscount = 1;
        _res.nsaddr_list[0].sin_family = AF_INET;
        _res.nsaddr_list[0].sin_port = htons(${port});
        inet_pton(AF_INET, server, &_res.nsaddr_list[0].sin_addr);
        int length = res_mkquery(ns_o_query, ${JSON.stringify(name)}, ns_c_in, ${number}, NULL, 0, NULL, query, sizeof query);
        length = res_send(query, length, answer, sizeof answer);
        if (length < 0 || ns_initparse(answer, length, &message) < 0) {
            fprintf(stderr, "%s does not answer\\n", server);
            return 1;
        }
        printf("%s: %d answers, %d authorities\\n", server, ns_msg_count(message, ns_s_an), ns_msg_count(message, ns_s_ns));
        for (int i = 0; i < ns_msg_count(message, ns_s_an); i++) {
            ns_parserr(&message, ns_s_an, i, &record);
            ns_sprintrr(&message, &record, NULL, NULL, line, sizeof line);
            puts(line);
        }
        found = 0;    /* the address of a server of the zone below; the trace asks all of them */
        for (int i = 0; ns_msg_count(message, ns_s_an) == 0 && !found && i < ns_msg_count(message, ns_s_ar); i++) {
            ns_parserr(&message, ns_s_ar, i, &record);
            if (ns_rr_type(record) == ns_t_a)
                found = inet_ntop(AF_INET, ns_rr_rdata(record), server, sizeof server) != NULL;
        }
    }
    return 0;
}
`;
}
