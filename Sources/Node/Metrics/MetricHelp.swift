/// What each metric says, in its `# HELP` line.
enum MetricHelp {
    /// `nil` for a metric that is not a node's own.
    static func text(of metric: String) -> String? { texts[metric] }

    private static let texts = [
        "dmcheck_alarms_total": "Alarms raised; the log says which.",
        "dmcheck_certificate_expiry_timestamp_seconds":
            "When the certificate ends that is shown to clients or peers.",
        "dmcheck_clients": "Clients of the cluster by state.",
        "dmcheck_clock_offset_seconds": "How far this node's clock is ahead of its peers' median.",
        "dmcheck_coordinator_inputs_total": "What the coordinator was told: requests, messages, ended writes.",
        "dmcheck_data_free_bytes": "What may still be written to the disk of the data folder.",
        "dmcheck_data_size_bytes": "The size of the disk of the data folder.",
        "dmcheck_http_answers_total": "Answers by route and class of status.",
        "dmcheck_http_request_seconds": "From a request's head to its answer, by route.",
        "dmcheck_leases_live": "Leases of the cluster that have not ended.",
        "dmcheck_log_bytes_total": "Bytes of entries written to the log.",
        "dmcheck_log_entries_total": "Entries written to the log.",
        "dmcheck_log_transactions_total": "Transactions of the log, each with one fsync.",
        "dmcheck_members": "Members of the cluster by their health, as this node sees it.",
        "dmcheck_metrics_series_dropped_total": "Series beyond the limit, which are not counted.",
        "dmcheck_oldest_waiting_seconds": "How long the task has waited that has waited longest.",
        "dmcheck_peer_bytes_total": "Bytes over links, of messages and of files.",
        "dmcheck_peer_datagrams_dropped_total": "Datagrams that were not sent.",
        "dmcheck_peer_datagrams_refused_total": "Datagrams that were empty, too long, or more than are taken at once.",
        "dmcheck_peer_datagrams_total": "Datagrams of gossip.",
        "dmcheck_peer_dials_failed_total": "Links that could not be opened.",
        "dmcheck_peer_files_failed_total": "Snapshots that did not arrive.",
        "dmcheck_peer_files_total": "Snapshots sent and received.",
        "dmcheck_peer_frames_dropped_total": "Frames that were not sent.",
        "dmcheck_peer_frames_refused_total": "Frames that broke the protocol; their link was cut.",
        "dmcheck_peer_frames_total": "Frames over links.",
        "dmcheck_peer_handshakes_refused_total": "Connections of peers that were refused, by reason.",
        "dmcheck_peer_join_requests_total": "Newcomers that asked to join here.",
        "dmcheck_peer_links": "Links to other nodes that are open.",
        "dmcheck_peer_refused_total": "What came over a link and could not be read.",
        "dmcheck_shards_led": "Shards that this node leads.",
        "dmcheck_shards_moving": "Shards that are not where the ring wants them, by what they are at.",
        "dmcheck_shards_without_leader": "Shards that nobody leads, as this node sees it.",
        "dmcheck_store_bytes_written_total": "Bytes that this process has handed to disks.",
        "dmcheck_store_fsyncs_total": "Times that this process has synced a file.",
        "dmcheck_store_rows_total": "Rows that this process has written, changed and deleted.",
        "dmcheck_store_statements_total": "Statements that this process has run.",
        "dmcheck_tasks": "Tasks of the cluster by state, and users that are not marked.",
        "dmcheck_underreplicated_shards": "Shards of which a voter does not answer, or is missing.",
        "dmcheck_users": "Users of the cluster.",
    ]
}
