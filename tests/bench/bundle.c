/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 *	bundle [ENTRIES [CASES]]
 *
 * A bundle of 1,000,000 entries in 20,000 cases: made in one store, looked
 * through and taken in by another, each in a process of its own so that its
 * memory can be told.  Beside it what of that the sealed stream is, without
 * the books: the entries read from the store, proved and sealed into a file,
 * but no entry written that says so; and the file unsealed, each entry read,
 * its hashes, its place in the chain, the proofs and the sender's signature
 * checked, but nothing looked up or kept.  The peer is the least that any
 * sealed file costs: the same number of bytes hashed and sealed in memory by
 * libsodium, written and read back.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/abroad.h"
#include "exchange/bundle.h"
#include "exchange/bundle_stream.h"

#define CASES_MAX 20000
#define CHUNK 65536u
#define NOW INT64_C(1767261600000)
#define MIB (1024.0 * 1024.0)

static size_t entries = 1000000, cases = CASES_MAX;
static struct secret pass;
static char dir[] = "/tmp/hearken-bench-bundle.XXXXXX";
static char from_path[128], to_path[128], bundle_path[128], peer_path[128];
static char stream_path[128];
/* Of nobody: what the stream is sealed to. */
static unsigned char box_key[1][32], box_secret[32];

static void
must(enum rc rc, const struct err *e)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(1);
}

static double
seconds(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int64_t
now(void *ctx)
{
	(void)ctx;
	return NOW;
}

static const struct clock bench_clock = {.now = now, .ticks = now};

static struct store_opts
opts(void)
{
	return (struct store_opts){.clock = &bench_clock,
	    .rng = rng_system(), .kdf = {1, 8192, 1, 8192},
	    .allow_network_fs = true};
}

static struct store *
open_store(const char *path)
{
	struct store_opts o = opts();
	struct store *s;
	struct err e;

	must(store_open(path, NULL, &pass, &o, &s, &e), &e);
	return s;
}

/* ---- two stores that know each other ---- */

static void
add(struct store *s, const struct entry_draft *d)
{
	struct err e;

	must(store_bulk_add(s, d, NULL, &e), &e);
	json_decref(d->body);
}

static void
fill(struct store *s)
{
	static struct case_id ids[CASES_MAX];
	char text[64];
	struct err e;

	must(store_bulk_begin(s, &e), &e);
	for (size_t i = 0; i < cases; i++) {
		ids[i] = store_new_case_id(s);
		(void)snprintf(text, sizeof(text), "BENCH-%zu", i);
		add(s, &(struct entry_draft){ids[i], "open", span_none(),
		    json_pack("{s:s}", "reference", text)});
	}
	for (size_t i = 0; i < entries; i++) {
		(void)snprintf(text, sizeof(text), "Invented note %zu", i);
		add(s, &(struct entry_draft){ids[i * cases / entries],
		    "note", span_of_day(20000), json_pack("{s:s, s:s, s:s, s:s}",
		    "facts", "Came to the reception on Friday and asked for "
		    "the kiosk by the station; stayed for half an hour.",
		    "concern", text, "risk", "Not known yet; to be asked.",
		    "action", "Rang the school on the same day.")});
	}
	must(store_bulk_seal(s, &e), &e);
}

static struct store *
create(const char *path, const char *user, enum role role)
{
	struct store_opts o = opts();
	struct store_founder f = {.user = user, .role = role};
	struct store *s;
	struct err e;

	must(store_create(path, &f, &pass, &o, &s, &e), &e);
	return s;
}

static void
introduce(struct store *a, struct store *b)
{
	struct card card;
	struct err e;

	must(store_card(a, "Invented Service", &card, &e), &e);
	must(store_trust(b, &card, "telephone", &e), &e);
	card_release(&card);
}

static void
set_up(void)
{
	struct store *a = create(from_path, "Ilse Marwood",
	    ROLE_PRACTITIONER);
	struct store *b = create(to_path, "Bram Oakes", ROLE_SUPERVISOR);

	introduce(a, b);
	introduce(b, a);
	fill(a);
	store_close(a);
	store_close(b);
}

/* ---- what is measured ---- */

static bool
take_case(const struct case_row *row, void *ctx)
{
	struct case_id **at = ctx;

	*(*at)++ = row->id;
	return true;
}

static bool
take_person(const struct foreigner *f, void *ctx)
{
	*(struct author_id *)ctx = f->key;
	return true;
}

static void
make(void)
{
	static struct case_id ids[CASES_MAX];
	struct store *s = open_store(from_path);
	struct case_id *at = ids;
	struct bundle_made made;
	struct author_id to;
	struct bundle_order o = {.cases = ids, .ncases = cases, .to = &to,
	    .nto = 1, .purpose = "A benchmark, nothing else",
	    .basis = "safeguarding", .expires = DAY_NONE,
	    .path = bundle_path, .now = NOW};
	struct err e;

	must(store_cases(s, NULL, 0, 0, take_case, &at, &e), &e);
	must(store_foreigners(s, take_person, &to, &e), &e);
	must(bundle_make(s, &o, &made, &e), &e);
	store_close(s);
}

static void
look(void)
{
	struct store *s = open_store(to_path);
	struct bundle_report r;
	struct err e;

	must(bundle_look(s, bundle_path, &bench_clock, &r, &e), &e);
	bundle_report_release(&r);
	store_close(s);
}

static void
take_in(void)
{
	struct store *s = open_store(to_path);
	struct bundle_report r;
	struct err e;

	must(bundle_open(s, bundle_path, &bench_clock, NULL, NULL, &r, &e),
	    &e);
	if (r.sum.added < entries)
		exit(1);
	bundle_report_release(&r);
	store_close(s);
}

/* ---- the stream alone ---- */

static enum rc
put_one(const struct carried *c, void *ctx, struct err *e)
{
	return bundle_put_carried(ctx, c, e);
}

static void
seal_stream(void)
{
	static struct case_id ids[CASES_MAX];
	unsigned char hash[BUNDLE_HASH], signature[BUNDLE_SIGNATURE];
	struct store *s = open_store(from_path);
	struct carry_want want = {.cases = ids, .ncases = cases};
	struct case_id *at = ids;
	struct bundle_writer w;
	struct sealfile_out *f;
	uint64_t bytes;
	struct err e;

	must(store_cases(s, NULL, 0, 0, take_case, &at, &e), &e);
	must(sealfile_create(stream_path, (const unsigned char (*)[32])box_key,
	    1, &f, &e), &e);
	bundle_writer_init(&w, f);
	must(bundle_put(&w, BUNDLE_HEAD, "{}", 2, &e), &e);
	must(store_carry(s, &want, put_one, &w, &e), &e);
	bundle_writer_hash(&w, hash);
	store_sign_bundle(s, hash, signature);
	must(bundle_put_end(&w, signature, &e), &e);
	must(sealfile_publish(f, &bytes, &e), &e);
	store_close(s);
}

static enum rc
unseal(const unsigned char *box, size_t n, unsigned char *key, void *ctx,
    struct err *e)
{
	(void)ctx;
	return crypto_box_seal_open(key, box, n, box_key[0], box_secret) == 0 ?
	    RC_OK : err_set(e, RC_NOTFOUND, "not for these eyes");
}

static enum rc
next_bytes(void *ctx, const unsigned char **p, size_t *n, struct err *e)
{
	return sealfile_next(ctx, p, n, e);
}

/* Only the author of the store wrote in it, and every entry is there. */
static void
check_entry(const struct bundle_record *rec, struct entry *last)
{
	struct entry en;
	struct err e;

	must(bundle_entry_read(rec->bytes, rec->n, &en, &e), &e);
	entry_seal_id(&en);
	if (last->n != 0 && en.n == last->n + 1 &&
	    (!entry_id_equal(&en.prev, &last->id) || en.at < last->at ||
	    memcmp(en.author.b, last->author.b, AUTHOR_LEN) != 0))
		exit(1);
	*last = en;
}

static void
check_proof(const struct bundle_record *rec, const struct entry *last)
{
	struct proof p;
	struct err e;

	must(bundle_proof_read(rec->bytes, rec->n, &p, &e), &e);
	if (p.n != last->n || !entry_id_equal(&p.head, &last->id) ||
	    memcmp(p.author.b, last->author.b, AUTHOR_LEN) != 0 ||
	    !proof_holds(&p))
		exit(1);
}

static void
check_stream(void)
{
	unsigned char hash[BUNDLE_HASH];
	struct entry last = {.n = 0};
	struct bundle_record rec;
	struct bundle_reader r;
	struct sealfile_in *f;
	struct err e;

	must(sealfile_open(stream_path, &f, &e), &e);
	must(sealfile_unseal(f, unseal, NULL, &e), &e);
	bundle_reader_init(&r, next_bytes, f);
	do {
		must(bundle_next(&r, &rec, &e), &e);
		if (rec.type == BUNDLE_ENTRY)
			check_entry(&rec, &last);
		else if (rec.type == BUNDLE_PROOF)
			check_proof(&rec, &last);
	} while (rec.type != BUNDLE_END);
	bundle_reader_hash(&r, hash);
	if (!bundle_signature_holds(&last.author, hash, rec.bytes))
		exit(1);
	must(bundle_read_padding(&r, &e), &e);
	bundle_reader_release(&r);
	sealfile_close(f);
}

/* The peer's two halves. */
static unsigned char key[crypto_secretstream_xchacha20poly1305_KEYBYTES];
static unsigned char head[crypto_secretstream_xchacha20poly1305_HEADERBYTES];

static off_t
bundle_size(void)
{
	struct stat st;

	return stat(bundle_path, &st) == 0 ? st.st_size : 0;
}

static void
peer_make(void)
{
	static unsigned char plain[CHUNK], sealed[CHUNK + 17];
	crypto_secretstream_xchacha20poly1305_state st;
	crypto_generichash_state h;
	int fd = open(peer_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	memset(key, 7, sizeof(key));
	(void)crypto_secretstream_xchacha20poly1305_init_push(&st, head, key);
	(void)crypto_generichash_init(&h, NULL, 0, 32);
	(void)!write(fd, head, sizeof(head));
	for (off_t n = bundle_size() / (off_t)sizeof(sealed); n > 0; n--) {
		memset(plain, (int)n, sizeof(plain));
		(void)crypto_generichash_update(&h, plain, sizeof(plain));
		(void)crypto_secretstream_xchacha20poly1305_push(&st, sealed,
		    NULL, plain, sizeof(plain), NULL, 0, 0);
		if (write(fd, sealed, sizeof(sealed)) < 0)
			exit(1);
	}
	(void)fsync(fd);
	(void)close(fd);
}

static void
peer_open(void)
{
	static unsigned char plain[CHUNK], sealed[CHUNK + 17];
	crypto_secretstream_xchacha20poly1305_state st;
	crypto_generichash_state h;
	int fd = open(peer_path, O_RDONLY);
	unsigned char tag;

	memset(key, 7, sizeof(key));
	(void)!read(fd, head, sizeof(head));
	(void)crypto_secretstream_xchacha20poly1305_init_pull(&st, head, key);
	(void)crypto_generichash_init(&h, NULL, 0, 32);
	while (read(fd, sealed, sizeof(sealed)) == (ssize_t)sizeof(sealed)) {
		if (crypto_secretstream_xchacha20poly1305_pull(&st, plain,
		    NULL, &tag, sealed, sizeof(sealed), NULL, 0) != 0)
			exit(1);
		(void)crypto_generichash_update(&h, plain, sizeof(plain));
	}
	(void)close(fd);
}

/* ---- each in a process of its own ---- */

struct took {
	double clock, cpu, mib;
};

static struct took
alone(void (*step)(void))
{
	struct rusage u;
	struct took t;
	int status;
	double from = seconds(CLOCK_MONOTONIC);
	pid_t pid;

	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		step();
		_exit(0);
	}
	if (pid < 0 || wait4(pid, &status, 0, &u) != pid || status != 0)
		exit(1);
	t.clock = seconds(CLOCK_MONOTONIC) - from;
	t.cpu = (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
	t.mib = (double)u.ru_maxrss / 1024.0;
	return t;
}

static void
say(const char *what, struct took t, struct took peer)
{
	double mb = (double)bundle_size() / 1e6;

	printf("%-22s %6.1f s: %4.0f MB/s; %6.1f s of processor: %4.0f MB/s, "
	    "%.2f of the peer; %3.0f MiB\n", what, t.clock, mb / t.clock,
	    t.cpu, mb / t.cpu, peer.cpu / t.cpu, t.mib);
}

int
main(int argc, char **argv)
{
	static const char words[] = "lantern harbour quill moss seventeen";
	struct took p1, p2, t;
	struct err e;

	if (argc > 1)
		entries = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		cases = strtoul(argv[2], NULL, 10);
	if (sodium_init() < 0 || cases == 0 || cases > CASES_MAX ||
	    entries < cases || mkdtemp(dir) == NULL)
		return 1;
	(void)crypto_box_keypair(box_key[0], box_secret);
	(void)snprintf(from_path, sizeof(from_path), "%s/from", dir);
	(void)snprintf(to_path, sizeof(to_path), "%s/to", dir);
	(void)snprintf(bundle_path, sizeof(bundle_path), "%s/b", dir);
	(void)snprintf(stream_path, sizeof(stream_path), "%s/s", dir);
	(void)snprintf(peer_path, sizeof(peer_path), "%s/p", dir);
	must(secret_init(&pass, 256, &e), &e);
	(void)secret_add(&pass, words, sizeof(words) - 1);
	(void)alone(set_up);
	t = alone(make);
	p1 = alone(peer_make);
	p2 = alone(peer_open);
	printf("%zu entries in %zu cases, %.1f MiB sealed\n", entries, cases,
	    (double)bundle_size() / MIB);
	say("stream: sealed", alone(seal_stream), p1);
	say("made", t, p1);
	say("stream: checked", alone(check_stream), p2);
	say("looked through", alone(look), p2);
	say("taken in", alone(take_in), p2);
	printf("goal: 100 MB/s, 64 MiB\n");
	(void)unlink(stream_path);
	(void)unlink(from_path);
	(void)unlink(to_path);
	(void)unlink(bundle_path);
	(void)unlink(peer_path);
	(void)rmdir(dir);
	secret_release(&pass);
	return 0;
}
