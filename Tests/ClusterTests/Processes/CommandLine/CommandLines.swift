/// The command lines of an operator and a volunteer against one node, as the command line's page lists them.
///
/// Names carry `mark`, so that the same lines can be run once more under other names.
struct CommandLines {
    /// The node's data folder: where it is, its authority, and the operator's token.
    let data: String
    /// Of the same node, for a volunteer.
    let url: String
    /// A folder for files.
    let scratch: String
    let mark: String

    var users: String { "\(scratch)/users-\(mark).csv" }
    var profile: String { "\(scratch)/profile-\(mark)" }
    var backup: String { "\(scratch)/backup-\(mark)" }
    private var restored: String { "\(scratch)/restored-\(mark)" }
    private var volunteer: [String] { ["--url", url, "--ca", "\(data)/certs/ca.pem"] }

    private func operate(_ lines: String) -> [[String]] {
        lines.split(separator: "\n").map { $0.split(separator: " ").map(String.init) + ["--data", data] }
    }

    /// The volunteer's id is in its profile from here on.
    var registering: [[String]] { [["client", "register", "--profile", profile] + volunteer] }

    /// What is done when it is asked for, in this order.
    func done(client: String) -> [[String]] {
        operate(
            """
            users add \(users) --mark
            users add --user four_\(mark)
            users list
            users list --state unmarked --limit 1
            users mark four_\(mark)
            users mark --unmarked --priority urgent
            users recheck four_\(mark)
            users recheck --older-than 30d
            users show one_\(mark)
            users show one_\(mark) --as-of 2026-01-01T00:00:00Z
            users show one_\(mark) --events
            users delete three_\(mark)
            client list
            client show \(client)
            client activity \(client)
            client quarantine \(client) --reason odd
            client reinstate \(client)
            """)
            + [["client", "unregister", "--profile", profile] + volunteer]
            + [["client", "register", "--profile", profile, "--users-per-window", "10"] + volunteer]
            + operate(
                """
                client unregister \(client)
                client reset \(client)
                service list
                service show dmcheck
                service set kind-\(mark) bucketSize=10
                service pause kind-\(mark)
                service resume kind-\(mark)
                service revoke kind-\(mark)
                invite create --uses 2 --expires 1d
                join-token create
                settings show
                settings set malfunction.deadShare=0.4
                counts
                stats
                limits
                export
                node list
                shard list
                shard list --digest
                shard move 1 --to n1
                backup --out \(backup)
                """)
            + [
                ["restore", backup, "--data", restored],
                ["shard", "recover", "--accept-data-loss", "--data", restored],
            ]
    }

    /// What is refused or fails, after `done`, in any order.
    var failing: [[String]] {
        operate(
            """
            users show nobody
            users delete nobody
            users add \(scratch)/missing.csv
            client show 42
            client activity 42
            client unregister 42
            client quarantine 42 --reason odd
            client reinstate 42
            client reset 42
            service show nothing
            service pause nothing
            service set dmcheck bucketSize=0
            service set dmcheck leaseSeconds=7201
            service set dmcheck nosuch=1
            settings set nosuch=1
            counts --service nothing
            export --service nothing
            shard move 99 --to n1
            shard move 1 --to nobody
            node drain n1
            node remove nobody
            backup --out \(backup)
            shard recover --accept-data-loss
            stats --url https://127.0.0.1:1
            stats --token-file \(scratch)/missing
            start --http 127.0.0.1:0 --peer 127.0.0.1:0
            """)
            + [
                ["restore", "\(scratch)/missing", "--data", "\(scratch)/nowhere"],
                ["restore", backup, "--data", restored],
                ["work", "--profile", "\(scratch)/gone/profile"] + volunteer,
                ["client", "register", "--profile", "\(scratch)/gone/profile"] + volunteer,
            ]
    }

    /// What is no right use.
    var wrong: [[String]] {
        operate(
            """
            users mark
            users list --limit 0
            client show
            client unregister
            service set dmcheck bucketSize=ten
            join-token create --uses 0
            export --json --format csv
            """) + [["nothing"], ["work"], ["start", "--shards", "0"]]
    }

    /// What the parser cannot know to be wrong.
    var wrongOnlyLater: [[String]] { operate("counts --url foo\nstats --url http://") }
}
