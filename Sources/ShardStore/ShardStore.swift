// ShardStore
