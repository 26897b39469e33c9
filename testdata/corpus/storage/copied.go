package storage

import (
	"context"

	"github.com/jackc/pgx/v5"
)

type newcomer struct{ Name, Password string }

func copyAll(ctx context.Context, tx pgx.Tx, people []newcomerRequest) error {
	var rows [][]any
	for _, p := range people {
		rows = append(rows, []any{p.Name, p.Password})
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"name", "password"}, pgx.CopyFromRows(rows)) // want plaintext-credential-storage -- storage/rows-copied
	return err
}

type newcomerRequest newcomer

func copyNames(ctx context.Context, tx pgx.Tx, people []newcomerRequest) error {
	var rows [][]any
	for _, p := range people {
		rows = append(rows, []any{p.Name, len(p.Password)})
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"name", "length"}, pgx.CopyFromRows(rows)) // ok -- storage/rows-copied
	return err
}

func copyEach(ctx context.Context, conn *pgx.Conn, people []newcomerRequest) error {
	next := func(i int) ([]any, error) { return []any{people[i].Name, people[i].Password}, nil }
	_, err := conn.CopyFrom(ctx, pgx.Identifier{"users"}, []string{"name", "password"}, pgx.CopyFromSlice(len(people), next)) // want plaintext-credential-storage -- storage/rows-copied
	return err
}
