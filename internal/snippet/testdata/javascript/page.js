// A page that sends keys of the program.
(function () {
  const headers = { 'X-Api-Key': '{{random 24}}' }; // want hardcoded-credential "qUaYyY7MZGYeMnwTDe4NHSrD"
  setInterval(async () => {
    const r = await fetch('https://ships.example.org/v1/ships', { headers });
    document.querySelector('#out').textContent = await r.text();
  }, 10000);
  fetch('https://ships.example.org/v1/public', { headers: { 'X-Api-Key': import.meta.env.VITE_SHIPS_API_KEY } }); // want credential-in-browser "import.meta.env.VITE_SHIPS_API_KEY"
  fetch('https://ships.example.org/v1/public', { headers: { Authorization: `Bearer ${import.meta.env.VITE_SUPABASE_ANON_KEY}` } }); // ok
  fetch('https://ships.example.org/v1/mine', { headers: { Authorization: `Bearer ${localStorage.getItem('token')}` } }); // ok
})();
