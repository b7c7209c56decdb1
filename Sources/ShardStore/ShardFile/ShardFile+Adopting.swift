extension ShardFile {
    /// Makes it a file of another cluster: for a backup that is restored as a new one. Durable with the next checkpoint.
    package func adopt(by cluster: String) throws(StoreError) {
        let take = try connection.prepare("UPDATE position SET cluster = ?1")
        take.bind(1, cluster)
        try take.run()
    }
}
